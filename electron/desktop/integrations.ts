/**
 * Everything around the window: menu, tray, notifications, the global shortcut, the compact clock, staying awake, update
 * checks.
 */
import { readFileSync } from 'node:fs';
import { app, dialog, powerMonitor, powerSaveBlocker, shell, Menu } from 'electron';
import { assetPath } from '#core/assets.ts';
import type { OpenCore } from '#core/core.ts';
import { pathOf } from '#core/runner/environment.ts';
import { toFailure } from '#shared/api/result.ts';
import { toggleClock } from './clock-window.ts';
import { dueNotices } from './due-notices.ts';
import { incidentFeed, type WatchedIncident } from './incident-feed.ts';
import { installCommand } from './install-command.ts';
import { keepAwake } from './keep-awake.ts';
import { openIncidents, watching } from './open-incidents.ts';
import { type MenuActs, type MenuSettings, menuTemplate } from './menu-template.ts';
import { notify, forwardKey, whyNoNotifications } from './notifications.ts';
import { HOME, incidentInSight, incidentPlace, reportPlace } from './places.ts';
import { NotificationLog } from './notification-log.ts';
import { type Part, refreshParts } from './refresh-parts.ts';
import { makeTray } from './tray.ts';
import { trayText } from './tray-text.ts';
import { askForUpdate, UPDATE_SETTINGS, updateAddress, updateCheck } from './update-check.ts';
import { bringToFront, mainWindow, show } from './window.ts';

const LOOK_MS = 1_000;
const TOLD_SETTING = 'desktop.told';

export interface Integrations {
  readonly core: OpenCore;
  /** A Markdown file that a person chose. */
  readonly openFile: (path: string) => void;
  readonly report: (line: string) => void;
}

export interface Around {
  /** How many watches are under way. */
  readonly watches: () => number;
}

export function startIntegrations({ core, openFile, report }: Integrations): Around {
  const { door, store, runbooks, hostTrouble } = core.services;
  const feed = incidentFeed({ store, model: (incidentId) => runbooks.pinnedBy(incidentId).model });
  let seen: readonly WatchedIncident[] = [];
  const say = (what: string, thrown: unknown): void => report(`${what}: ${toFailure(thrown).message}`);
  const lead = (place: string): void => void show(place).catch((thrown: unknown) => say('window', thrown));
  const leading = (): string | null => openIncidents(seen)[0]?.id ?? null;
  const inSight = (): string | null => incidentInSight(mainWindow()?.webContents.getURL() ?? '') ?? leading();
  const withIncident = (act: (incidentId: string) => void) => (): void => {
    const id = inSight();
    if (id === null) lead(HOME);
    else act(id);
  };
  const clock = withIncident((id) => void toggleClock(id).catch((thrown: unknown) => say('clock', thrown)));
  const forward = (): void => {
    const id = leading();
    if (id === null) bringToFront();
    else lead(incidentPlace(id));
  };
  const acts: MenuActs = {
    openRunbook: () => void chooseFile(openFile).catch((thrown: unknown) => say('open', thrown)),
    declare: () => lead('#/declare'),
    drill: () => lead('#/drill'),
    reference: () => lead('#/reference'),
    report: withIncident((id) => lead(reportPlace(id))),
    clock,
    home: () => lead(HOME),
    installCommand: () =>
      void installCommand(pathOf(core.services.shell.environment)).catch((thrown: unknown) => say('command', thrown)),
  };
  const parts: Record<string, Part<readonly WatchedIncident[]>> = {
    'keep awake': awake(core),
    notifications: notices(core, lead),
    updates: updates(core, acts),
    key: keyWhileOpen(forward, (why) => hostTrouble('key', why)),
  };
  attempt(say, 'tray', () => {
    const draw = makeTray({
      open: bringToFront,
      incident: (id) => lead(incidentPlace(id)),
      clock,
      quit: () => app.quit(),
    });
    parts['tray'] = (incidents) => {
      const { title, tooltip, rows } = trayText(incidents);
      draw({
        title,
        tooltip: door.outside(tooltip),
        rows: rows.map(({ incidentId, label }) => ({ incidentId, label: door.outside(label) })),
      });
    };
  });
  const look = refreshParts(() => (seen = feed(Date.now())), parts, say);
  look();
  setInterval(look, LOOK_MS);
  // After sleep the clocks are behind, so they are updated at once.
  powerMonitor.on('resume', look);
  return {
    watches: () => {
      // Looked at anew: a watch may have begun since the last second.
      try {
        seen = feed(Date.now());
      } catch (thrown) {
        say('watches', thrown);
      }
      return watching(seen);
    },
  };
}

/** A tray, a key or a notification that a platform does not have is a comfort less, not a reason not to open. */
function attempt(say: (what: string, thrown: unknown) => void, what: string, work: () => void): void {
  try {
    work();
  } catch (thrown) {
    say(what, thrown);
  }
}

function awake({ services }: OpenCore): Part<readonly WatchedIncident[]> {
  let watches = 0;
  const hold = keepAwake(() => (services.incidents.isBusy() ? 1 : 0) + watches, {
    start: () => powerSaveBlocker.start('prevent-app-suspension'),
    stop: (id) => void powerSaveBlocker.stop(id),
  });
  return (incidents) => {
    watches = watching(incidents);
    hold();
  };
}

function notices(
  { services: { store, door, hostTrouble } }: OpenCore,
  lead: (place: string) => void,
): Part<readonly WatchedIncident[]> {
  const memory = new NotificationLog(store.settings.get(TOLD_SETTING));
  return async (incidents) => {
    hostTrouble('notifications', whyNoNotifications());
    const ids = new Set(incidents.map(({ id }) => id));
    for (const { title, body, incidentId } of memory.pick(incidents.flatMap(dueNotices), ids))
      notify(door.outside(title), door.outside(body), () => lead(incidentPlace(incidentId)));
    const keys = memory.changed();
    if (keys !== null) await store.settings.set(TOLD_SETTING, keys);
  };
}

function keyWhileOpen(pressed: () => void, refused: (why: string | null) => void): Part<readonly WatchedIncident[]> {
  const need = forwardKey(pressed, refused);
  return (incidents) => need(openIncidents(incidents).length > 0);
}

/** Also makes the menu, which has the switch. */
function updates({ services: { store, version, fetch } }: OpenCore, acts: MenuActs): Part<readonly WatchedIncident[]> {
  const { settings } = store;
  const { rollbook } = JSON.parse(readFileSync(assetPath('package.json'), 'utf8')) as {
    rollbook?: { updateUrl?: unknown };
  };
  const packaged = rollbook?.updateUrl;
  const on = settings.get(UPDATE_SETTINGS.off) !== true;
  const set = (wanted: boolean): void => void settings.set(UPDATE_SETTINGS.off, !wanted).catch(() => undefined);
  setMenu({ acts, updates: updateAddress({ settings, packaged }) === null ? null : { on, set } });
  const check = updateCheck({
    version,
    packaged,
    settings,
    ask: (address) => askForUpdate(address, fetch),
    tell: (update) =>
      notify(`Rollbook ${update.version} is there`, `This is ${version}. Nothing was fetched or installed.`, () => {
        if (update.page !== undefined) void shell.openExternal(update.page).catch(() => undefined);
      }),
  });
  return (incidents) => check(Date.now(), openIncidents(incidents).length > 0);
}

async function chooseFile(openFile: (path: string) => void): Promise<void> {
  const options = {
    title: 'Open a runbook',
    properties: ['openFile' as const],
    filters: [{ name: 'Markdown', extensions: ['md', 'markdown'] }],
  };
  const window = mainWindow();
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  for (const path of filePaths) openFile(path);
}

function setMenu(settings: Pick<MenuSettings, 'acts' | 'updates'>): void {
  const template = menuTemplate({ platform: process.platform, packaged: app.isPackaged, ...settings });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
