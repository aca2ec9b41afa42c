/** The one main window: made once, brought to the front when the app is started a second time. */
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { assetPath } from '#core/assets.ts';
import { crashPolicy } from './crash-policy.ts';
import { addressOf, HOME } from './places.ts';
import { validPlace, type WindowPlace } from './window-place.ts';
import { MAIN_LEAST, windowSettings } from './window-settings.ts';

export const PRELOAD = 'dist/desktop/preload.cjs';

let main: BrowserWindow | null = null;

/** null before it is made and after it is gone. */
export const mainWindow = (): BrowserWindow | null => (main?.isDestroyed() === false ? main : null);

/** `kept`: what `placeOfWindow` answered when the app ended last. Rejects when the page cannot be loaded. */
export async function openWindow(kept: unknown): Promise<BrowserWindow> {
  const areas = kept === null ? [] : screen.getAllDisplays().map(({ workArea }) => workArea);
  const place = validPlace(kept, areas, MAIN_LEAST);
  const dark = nativeTheme.shouldUseDarkColors;
  const window = new BrowserWindow(windowSettings(assetPath(PRELOAD), dark, app.isPackaged, place));
  main = window;
  if (place?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  reviveAfterCrash(window);
  await window.loadURL(addressOf(HOME));
  return window;
}

/** A reload comes back to the same address, and so to the same step. */
export function reviveAfterCrash(window: BrowserWindow): void {
  const decide = crashPolicy();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const what = decide(reason, Date.now());
    if (what === 'reload') window.reload();
    else if (what === 'ask') void askToReload(window).catch(() => undefined);
  });
}

async function askToReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window keeps failing.',
    detail: 'Commands that run are not affected, and nothing that was shown as saved is lost.',
    buttons: ['Load it again', 'Leave it'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) window.reload();
}

/** The position to restore at the next start. */
export function placeOfWindow(window: BrowserWindow): WindowPlace {
  const { x, y, width, height } = window.getNormalBounds();
  return { x, y, width, height, maximized: window.isMaximized() };
}

export function bringToFront(): void {
  const window = mainWindow();
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Leads the main window to one of its screens. `place` as in places.ts. */
export async function show(place: string): Promise<void> {
  const window = mainWindow();
  if (window === null) return;
  bringToFront();
  const address = addressOf(place);
  // Loading the same address again would reload the page and lose what was typed.
  if (window.webContents.getURL() !== address) await window.loadURL(address);
}
