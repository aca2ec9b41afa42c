/** `test` of the desktop suites: shells with their own folders, on the host of the project. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { processEnvironment } from '../fixtures/process-environment.ts';
import { test as hostTest } from './hosts/host-fixtures.ts';
import type { Launch, Shell, ShellOptions } from './hosts/shell.ts';

export type Start = (options?: Partial<ShellOptions>) => Promise<Shell>;

interface Fixtures {
  /** A folder that is gone after the test; the data folder and the user's folder of `start` lie in it. */
  readonly folder: string;
  /** Starts an app in the folder of the test; each further one in the same. */
  readonly start: Start;
}

interface WorkerFixtures {
  /** One app for all tests that leave it as it was. */
  readonly shell: Shell;
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rollbook-desktop-'));

async function starting(launch: Launch, folder: string, use: (start: Start) => Promise<void>): Promise<void> {
  const started: Shell[] = [];
  await use(async (options = {}) => {
    const env = { ...processEnvironment(folder), ...options.env };
    const shell = await launch({ folder, ...options, env });
    started.push(shell);
    return shell;
  });
  await Promise.all(started.map((shell) => shell.end()));
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = newFolder();
  await use(folder);
  rmSync(folder, { recursive: true, force: true });
}

export const test = hostTest.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  folder: async ({}, use) => withFolder(use),
  start: async ({ folder, launch }, use) => starting(launch, folder, use),
  shell: [
    async ({ launch }, use) =>
      withFolder((folder) =>
        starting(launch, folder, async (start) => {
          const shell = await start();
          await shell.window();
          await use(shell);
        }),
      ),
    { scope: 'worker' },
  ],
});

export { expect };
