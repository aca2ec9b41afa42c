/** The shell on the double of Electron. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { launchDouble } from '../../electron-double/launch.ts';
import { type Launch, nextOf, type Shell, untilShown } from './shell.ts';

const BUNDLE = fileURLToPath(new URL('../../../dist/desktop/main.js', import.meta.url));

export const onDouble =
  (browserOf: () => Promise<Browser>): Launch =>
  async ({ folder, env, args = [], bundle = BUNDLE, packaged = false, onPage }) => {
    const { next, tell } = nextOf<Page>();
    const app = launchDouble({
      browser: await browserOf(),
      bundle,
      packaged,
      env,
      args: [`--user-data-dir=${join(folder, 'user')}`, ...args],
      onPage: async (page) => {
        await onPage?.(page);
        tell(page);
      },
    });
    const exit = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
    const shell: Shell = {
      evaluate: (work: unknown, arg?: unknown) => app.evaluate(work as never, arg) as never,
      window: () => untilShown({ pages: app.windows, next, over: exit, output: app.output }),
      pages: app.windows,
      output: app.output,
      pid: app.process().pid ?? 0,
      exit,
      end: (signal = 'SIGKILL') => app.end(signal),
    };
    return shell;
  };
