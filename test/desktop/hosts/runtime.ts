/** The shell on a real Electron runtime, driven by Playwright. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from '@playwright/test';
import { presentElectron } from '../../../build/setup/electron-runtime.mjs';
import { SANDBOX_ARGS } from '../../../build/setup/chromium.mjs';
import { type Launch, nextOf, type Shell, untilShown } from './shell.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

export const onRuntime: Launch = async ({ folder, env, args = [], bundle, onPage }) => {
  const executablePath = presentElectron();
  if (executablePath === undefined) throw new Error('There is no Electron runtime here: see `npm run test:desktop`.');
  const app = await _electron.launch({
    executablePath,
    args: [...SANDBOX_ARGS, `--user-data-dir=${join(folder, 'user')}`, bundle ?? PROJECT, ...args],
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
  let output = '';
  const child = app.process();
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  // The first document may be loaded before `onPage` is called; later ones are not.
  if (onPage !== undefined) app.on('window', (page) => void onPage(page).catch(() => undefined));
  const { next, tell } = nextOf<Page>();
  app.on('window', tell);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const shell: Shell = {
    evaluate: (work: unknown, arg?: unknown) => app.evaluate(work as never, arg as never) as never,
    window: () => untilShown({ pages: () => app.windows(), next, over: exit, output: () => output }),
    pages: () => app.windows(),
    output: () => output,
    pid: child.pid ?? 0,
    exit,
    async end(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exit;
    },
  };
  return shell;
};
