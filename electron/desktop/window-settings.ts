/** The settings of the windows, apart from Electron so that a test can hold every one of them. */
import type { Bounds } from './window-place.ts';

const BACKGROUND = { light: '#ffffff', dark: '#14171c' };

export const MAIN_LEAST = { width: 960, height: 600 };
export const CLOCK_SIZE = { width: 380, height: 230 };

/** `preload` is the absolute path of the bundled CommonJS preload. Shown only when painted; no white flash at night. */
export function windowSettings(preload: string, dark: boolean, packaged: boolean, place: Bounds | null = null) {
  return {
    ...(place === null ? { width: 1280, height: 800 } : bounds(place)),
    minWidth: MAIN_LEAST.width,
    minHeight: MAIN_LEAST.height,
    ...base(preload, dark, packaged),
  };
}

/** The compact clock: small, over everything else, never in the way of the keyboard. */
export function clockSettings(preload: string, dark: boolean, packaged: boolean, place: Bounds) {
  return {
    ...bounds(place),
    minWidth: 260,
    minHeight: 120,
    ...base(preload, dark, packaged),
    title: 'Rollbook clock',
    alwaysOnTop: true,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    autoHideMenuBar: true,
  };
}

const bounds = ({ x, y, width, height }: Bounds): Bounds => ({ x, y, width, height });

const base = (preload: string, dark: boolean, packaged: boolean) => ({
  show: false,
  title: 'Rollbook',
  backgroundColor: dark ? BACKGROUND.dark : BACKGROUND.light,
  webPreferences: {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: !packaged,
  },
});
