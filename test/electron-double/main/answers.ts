/** Turns messages of Chromium into events and answers of Electron's API in the main process. */
import { runInThisContext } from 'node:vm';
import type { IpcMainInvokeEvent } from 'electron';
import type { FrameTold, MainCalls } from '../messages.ts';
import { emitPreventable } from './event.ts';
import { ipcMain } from './ipc-main.ts';
import { sessionOf } from './sessions.ts';
import { electronModule } from './module.ts';
import { WindowDouble } from './windows.ts';

function windowOf(id: number): WindowDouble {
  const window = WindowDouble.fromId(id);
  if (window === null) throw new Error(`Window ${id} is gone.`);
  return window;
}

/** The properties of WebFrameMain that identify the sender. A parent frame has only its origin. */
function frameOf({ url, isMainFrame, parentOrigin }: FrameTold): object {
  const parent = isMainFrame ? null : { url: parentOrigin, origin: parentOrigin };
  return { url, parent, origin: originOf(url), top: parent, detached: false };
}

function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return host === '' ? 'null' : `${protocol}//${host}`;
}

const eventOf = (window: number, frame: FrameTold): IpcMainInvokeEvent =>
  ({
    type: 'frame',
    sender: windowOf(window).webContents,
    senderFrame: frameOf(frame),
  }) as unknown as IpcMainInvokeEvent;

export const answers: MainCalls = {
  invoke: (window, frame, channel, args) => ipcMain.answer(channel, eventOf(window, frame), args),
  message: (window, frame, channel, args) => void ipcMain.emit(channel, eventOf(window, frame), ...args),

  navigating(window, { url, isMainFrame, fromPage }) {
    const { webContents: contents } = windowOf(window);
    const details = { url, isMainFrame, isSameDocument: false };
    contents.emit('did-start-navigation', { ...details }, url, false, isMainFrame);
    if (!fromPage) return false;
    const prevented = emitPreventable(contents, 'will-frame-navigate', { ...details });
    return prevented || (isMainFrame && emitPreventable(contents, 'will-navigate', { ...details }, url));
  },
  redirecting: (window, { url, isMainFrame }) =>
    emitPreventable(windowOf(window).webContents, 'will-redirect', { url, isMainFrame, isSameDocument: false }, url),
  navigated(window, url) {
    const { webContents: contents } = windowOf(window);
    contents.at(url);
    contents.emit('did-navigate', {}, url, 200, 'OK');
  },
  navigatedInPage(window, url) {
    const { webContents: contents } = windowOf(window);
    contents.at(url);
    contents.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: true }, url, true, true);
    contents.emit('did-navigate-in-page', {}, url, true);
  },
  loaded: (window) => windowOf(window).loaded(),
  gone(window, reason) {
    const { webContents: contents } = windowOf(window);
    contents.crashed();
    contents.emit('render-process-gone', {}, { reason, exitCode: 1 });
    WindowDouble.app.emit('render-process-gone', {}, contents, { reason, exitCode: 1 });
  },
  opening(window, url, frameName) {
    const { webContents: contents } = windowOf(window);
    if (!contents.mayOpen(url, frameName)) return false;
    // The main process gets a window; Chromium closes the page anyway.
    const made = new WindowDouble();
    made.webContents.at(url);
    contents.emit('did-create-window', made, { url, frameName, disposition: 'foreground-tab' });
    return true;
  },
  request: (partition, url, method, headers) => sessionOf(partition).answer(url, method, headers),
  permissions: (partition, url, names) => Promise.all(names.map((name) => sessionOf(partition).grants(name, url))),
  evaluate: async (source, arg) => (runInThisContext(`(${source})`) as Evaluated)(electronModule(), arg),
};

type Evaluated = (electron: unknown, arg: unknown) => unknown;
