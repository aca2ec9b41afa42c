/** The desktop shell, on the double or on a real runtime. */
import { chmodSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Launch, Shell } from '../../desktop/hosts/shell.ts';
import { watchForTrouble } from '../trouble.ts';
import { type App, AppFolder } from './app-folder.ts';

/** Called as `login-shell -ilc COMMAND`. The command uses `env`, which the PATH of a test may not have. */
const LOGIN_SHELL = `#!/bin/sh
PATH='PATH_OF_THE_TEST' exec /bin/sh -c "env() { /usr/bin/env \\"\\$@\\"; }; $2"
`;

export class DesktopApp extends AppFolder implements App {
  readonly #launch: Launch;
  readonly #trouble: string[];
  #shell: Shell | null = null;

  constructor(launch: Launch, trouble: string[]) {
    super();
    this.#launch = launch;
    this.#trouble = trouble;
  }

  async open(): Promise<Page> {
    const onPage = (page: Page): Promise<void> => watchForTrouble(page, this.#trouble);
    this.#shell = await this.#launch({ folder: this.folder, env: this.#startedFromTheDesktop(), onPage });
    return this.#shell.window();
  }

  /** A program started from the desktop has a short PATH, so the test's PATH is set by the login shell. */
  #startedFromTheDesktop(): Record<string, string | undefined> {
    if (process.platform === 'win32') return this.env;
    const shell = this.writeFile('login-shell', LOGIN_SHELL.replace('PATH_OF_THE_TEST', this.env['PATH'] ?? ''));
    chmodSync(shell, 0o700);
    return { ...this.env, PATH: '/usr/bin:/bin', SHELL: shell };
  }

  serve(): Promise<string> {
    return Promise.reject(new Error('The desktop app has no address: use open(), which every host has.'));
  }

  async hide(): Promise<void> {
    await this.#shell?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  }

  awakeness(): () => Promise<boolean> {
    return async () =>
      (await this.#shell?.evaluate(({ powerSaveBlocker }) =>
        // Electron numbers the blockers from 0; there are never 100.
        Array.from({ length: 100 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id)),
      )) ?? false;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#shell?.end(signal);
    this.#shell = null;
  }

  async end(): Promise<void> {
    await this.kill();
    this.remove();
  }
}
