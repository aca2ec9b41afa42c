/** The compact clock: a small window over everything else, so that the time is in sight while work is elsewhere. */
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { assetPath } from '#core/assets.ts';
import { addressOf, clockPlace } from './places.ts';
import { PRELOAD, reviveAfterCrash } from './window.ts';
import { upperRight } from './window-place.ts';
import { CLOCK_SIZE, clockSettings } from './window-settings.ts';

let clock: BrowserWindow | null = null;
let shown: string | null = null;

const clockWindow = (): BrowserWindow | null => (clock?.isDestroyed() === false ? clock : null);

/** Opens it for an incident, leads it to another one, or puts it away when it shows this one already. */
export async function toggleClock(incidentId: string): Promise<void> {
  const address = addressOf(clockPlace(incidentId));
  const open = clockWindow();
  if (open !== null) {
    if (shown === incidentId) return open.close();
    shown = incidentId;
    return await open.loadURL(address);
  }
  shown = incidentId;
  const place = upperRight(screen.getPrimaryDisplay().workArea, CLOCK_SIZE);
  const dark = nativeTheme.shouldUseDarkColors;
  const window = new BrowserWindow(clockSettings(assetPath(PRELOAD), dark, app.isPackaged, place));
  clock = window;
  // Over full-screen windows too, where the platform tells levels apart.
  window.setAlwaysOnTop(true, 'floating');
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
  // Shown without focus, so that it does not take the keyboard.
  window.once('ready-to-show', () => window.showInactive());
  reviveAfterCrash(window);
  await window.loadURL(address);
}

export const closeClock = (): void => clockWindow()?.close();
