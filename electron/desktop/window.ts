/** The window: made once, brought to the front when the app is started a second time. */
import { app, BrowserWindow, nativeTheme } from 'electron';
import { assetPath } from '#core/assets.ts';
import { PAGE } from './place.ts';
import { windowSettings } from './window-settings.ts';

const MOST_CRASHES = 3;

/** Resolves when the page has been loaded; rejects when it cannot be. */
export async function openWindow(): Promise<BrowserWindow> {
  const preload = assetPath('dist/desktop/preload.cjs');
  const window = new BrowserWindow(windowSettings(preload, nativeTheme.shouldUseDarkColors, app.isPackaged));
  window.once('ready-to-show', () => window.show());
  let crashes = 0;
  // The core goes on when a page dies; a new page replays. One that dies again and again is left for the person to see.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && (crashes += 1) <= MOST_CRASHES) window.reload();
  });
  await window.loadURL(PAGE);
  return window;
}

export function bringToFront(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
