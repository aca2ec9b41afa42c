/** The desktop app: opens the core, shows the window, ends in order. Everything with a decision in it is elsewhere. */
import { join } from 'node:path';
import { app, dialog, safeStorage } from 'electron';
import { assetPath } from '#core/assets.ts';
import { openDoor } from '#core/redaction-door.ts';
import { dataFolder } from '#core/this-machine.ts';
import { openCoreOrEmergency } from '#core/emergency/emergency-core.ts';
import { type Failure, toFailure } from '#shared/api/result.ts';
import { secretsOf } from '#shared/redaction/secret-names.ts';
import { commandArguments, runCommand } from './command-line.ts';
import { openFromOutside } from './open-from-outside.ts';
import type { Inbox } from './inbox.ts';
import { serveCalls } from './ipc.ts';
import { listenOutside } from './outside-requests.ts';
import { chooseProfileFolder } from './profile-folder.ts';
import { registerScheme, servePages } from './protocol.ts';
import { endInOrder, PLACE_SETTING } from './quit.ts';
import type { OutsideRequest, SecondStart } from './requests.ts';
import { safeVault } from './safe-vault.ts';
import { lockDown } from './security.ts';
import { startIntegrations } from './integrations.ts';
import { bringToFront, mainWindow, openWindow, show } from './window.ts';

/** As in build/electron-builder.yml: Windows groups windows and notifications by it. */
const APP_ID = 'dev.rollbook.desktop';

/** Text may be printed before there is a core, and when none can be opened. */
const door = openDoor(secretsOf(process.env));

// The terminal that the app was started from may close.
process.stderr.on('error', () => undefined);

const command = commandArguments(process.argv);
if (command !== null) app.exit(await runCommand(command));
else open();

function open(): void {
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  chooseProfileFolder();
  registerScheme();
  const told: SecondStart = { argv: process.argv.slice(1), cwd: process.cwd() };
  if (!app.requestSingleInstanceLock(told)) {
    app.quit();
    return;
  }
  const requests = listenOutside();
  app
    .whenReady()
    .then(() => start(requests))
    .catch(giveUp);
}

async function start(requests: Inbox<OutsideRequest>): Promise<void> {
  lockDown();
  servePages(assetPath('dist/window'));
  const vault = await safeVault(safeStorage, join(dataFolder(process.env), 'sealed'));
  const { core, problem } = await openCoreOrEmergency({
    host: 'desktop',
    door,
    report: say,
    ...(vault === null ? {} : { vault }),
  });
  // The window shows it too; this is for somebody who started the app from a terminal.
  if (problem !== null) say(`rollbook: ${problem.message}`);
  const { runbooks, store } = core.services;
  serveCalls(core);
  app.on('activate', bringToFront);
  const answer = (request: OutsideRequest): void =>
    void openFromOutside(request, {
      importFile: (path) => runbooks.importFile(path),
      hasIncident: (incidentId) => store.incident(incidentId) !== null,
      show,
      tell,
    });
  const around = startIntegrations({ core, openFile: (path) => answer({ kind: 'runbook', path }), report: say });
  const end = endInOrder(core, say, around.watches);
  end.watch(await openWindow(store.settings.get(PLACE_SETTING)));
  requests.open(answer);
}

function tell(failure: Failure): void {
  const [message, detail] = [door.outside(failure.message), door.outside(failure.advice ?? '')];
  const options = { type: 'warning' as const, message, detail };
  const window = mainWindow();
  void (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options)).catch(
    () => undefined,
  );
}

const say = (line: string): void => void process.stderr.write(`${door.outside(line)}\n`);

/** A window without a core shows nothing, so the system's message box says why, and what to do. */
function giveUp(thrown: unknown): void {
  const failure = toFailure(thrown);
  const words = [failure.message, failure.advice ?? ''].map(door.outside);
  dialog.showErrorBox('Rollbook cannot start', words.join('\n\n').trim());
  app.exit(1);
}
