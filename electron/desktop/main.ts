/** The desktop app: opens the core, shows the window, ends in order. Everything with a decision in it is elsewhere. */
import { app, BrowserWindow, dialog, type MessageBoxOptions, powerSaveBlocker } from 'electron';
import { assetPath } from '#core/assets.ts';
import type { Core } from '#core/connection.ts';
import { openCore } from '#core/core.ts';
import { toFailure } from '#shared/contract/result.ts';
import { ending } from './ending.ts';
import { serveCalls } from './ipc.ts';
import { keepAwake } from './keep-awake.ts';
import { setMenu } from './menu.ts';
import { registerScheme, servePages } from './protocol.ts';
import { QUIT, quitQuestion, STAY } from './quit-question.ts';
import { lockDown } from './security.ts';
import { bringToFront, openWindow } from './window.ts';

const LOOK_MS = 1_000;

app.enableSandbox();
registerScheme();
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', bringToFront);
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  lockDown();
  setMenu();
  servePages(assetPath('dist/window'));
  const core = await openCore({ host: 'desktop', report: say });
  serveCalls(core);
  setInterval(
    keepAwake(() => core.running().length, {
      start: () => powerSaveBlocker.start('prevent-app-suspension'),
      stop: (id) => void powerSaveBlocker.stop(id),
    }),
    LOOK_MS,
  );
  endInOrder(core);
  await openWindow();
}

function endInOrder(core: Core): void {
  const end = ending({
    ask: () => askToQuit(core),
    closeCore: () => core.close(),
    quit: () => app.quit(),
    report: (thrown) => say(toFailure(thrown).message),
  });
  const holdBack = (event: { preventDefault(): void }): void => {
    if (end.mayEnd()) return;
    event.preventDefault();
    void end.request();
  };
  app.on('before-quit', holdBack);
  // The window is the app: closing it asks the same question, so that "no" leaves it open.
  app.on('browser-window-created', (_event, window) => window.on('close', holdBack));
  app.on('window-all-closed', () => app.quit());
}

async function askToQuit(core: Core): Promise<boolean> {
  const question = quitQuestion(
    core.running().map(({ shown }) => shown),
    process.platform,
  );
  if (question === null) return true;
  const options: MessageBoxOptions = {
    message: question.message,
    detail: question.detail,
    buttons: [...question.buttons],
    type: 'warning',
    defaultId: STAY,
    cancelId: STAY,
  };
  const window = BrowserWindow.getAllWindows()[0];
  const { response } = await (window === undefined
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response === QUIT;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Nothing can be shown in a window that has no core: the system's own message box says why, and what to do. */
function giveUp(thrown: unknown): void {
  const failure = toFailure(thrown);
  dialog.showErrorBox('Rollbook cannot start', [failure.message, failure.advice ?? ''].join('\n\n').trim());
  app.exit(1);
}
