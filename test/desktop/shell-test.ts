/** `test` for the specs of the desktop app, which run on the double of Electron or on a real runtime. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { processEnvironment } from '../fixtures/process-environment.ts';
import { type DesktopHost, type RunningHost, startDesktop, startLoopback } from './hosts/both-hosts.ts';
import { test as hostTest } from './hosts/host-fixtures.ts';
import type { Launch, Shell, ShellOptions } from './hosts/shell.ts';

export type Start = (options?: Partial<ShellOptions>) => Promise<Shell>;

interface Fixtures {
  /** Removed after the test. The data folder and the user folder of `start` are in it. */
  readonly folder: string;
  /** Starts an app in that folder. A second call starts a second app in the same folder. */
  readonly start: Start;
}

interface WorkerFixtures {
  /** An app shared by the tests that do not change it. */
  readonly shell: Shell;
  /** Answers a `start` in a new folder, for an app that the tests of one file share. It ends with the worker. */
  readonly newStart: () => Start;
  /** The desktop app and the loopback host, each with its own data folder. */
  readonly hosts: { readonly desktop: DesktopHost; readonly loopback: RunningHost };
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rollbook-desktop-'));

const startIn =
  (launch: Launch, folder: string, started: Shell[]): Start =>
  async (options = {}) => {
    const env = { ...processEnvironment(folder), ...options.env };
    const shell = await launch({ folder, ...options, env });
    started.push(shell);
    return shell;
  };

async function starting(launch: Launch, folder: string, use: (start: Start) => Promise<void>): Promise<void> {
  const started: Shell[] = [];
  await use(startIn(launch, folder, started));
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
  newStart: [
    async ({ launch }, use) => {
      const started: Shell[] = [];
      const folders: string[] = [];
      await use(() => {
        const folder = newFolder();
        folders.push(folder);
        return startIn(launch, folder, started);
      });
      await Promise.all(started.map((shell) => shell.end()));
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  hosts: [
    async ({ launch, browserOf }, use) => {
      const starts = [startDesktop(launch), startLoopback(browserOf)] as const;
      try {
        const [desktop, loopback] = await Promise.all(starts);
        await use({ desktop, loopback });
      } finally {
        const started = await Promise.allSettled(starts);
        await Promise.all(started.map(async (one) => one.status === 'fulfilled' && (await one.value.end())));
      }
    },
    { scope: 'worker' },
  ],
});

export { expect };
