/** The API over Electron's IPC: one handler for every call, one channel for every push. */
import { ipcMain, type WebContents } from 'electron';
import type { Core } from '#core/connection.ts';
import type { Result } from '#shared/api/result.ts';
import { CALL, PUSH } from './channels.ts';
import { mayCall } from './permissions.ts';
import { WindowConnections } from './window-connections.ts';

const STRANGER: Result<never> = {
  ok: false,
  error: { code: 'not-allowed', message: 'Only the main frame of the Rollbook window may call.' },
};

export function serveCalls(core: Core): void {
  const connections = new WindowConnections(core);
  const watched = new WeakSet<WebContents>();

  const watch = (contents: WebContents): void => {
    if (watched.has(contents)) return;
    watched.add(contents);
    const end = (): void => connections.end(contents.id);
    // A reloaded page subscribes again; pushes for the old one must not reach it.
    // Not at the start of a navigation: one that is prevented is announced too, and then the page stays.
    contents.on('did-navigate', end);
    contents.on('render-process-gone', end);
    contents.on('destroyed', end);
  };

  ipcMain.handle(CALL, (event, name: unknown, args: unknown) => {
    if (!mayCall(event.senderFrame)) return STRANGER;
    const contents = event.sender;
    watch(contents);
    const send = (push: unknown): void => {
      if (!contents.isDestroyed()) contents.send(PUSH, push);
    };
    return connections.call(contents.id, send, name, args);
  });
}
