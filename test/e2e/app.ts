/** `test` of the end-to-end stories: each test has its own Rollbook, on the host of the Playwright project. */
import { mkdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { expect } from '@playwright/test';
import { test as hostTest } from '../desktop/hosts/host-fixtures.ts';
import { type SlackServer, slackServer } from '../fixtures/slack-server.ts';
import { type SmallDisk, smallDisk } from '../fixtures/small-disk.ts';
import { type SimulatedPath, simulatedPath } from '../tools/simulated-path.ts';
import type { App } from './hosts/app-folder.ts';
import { DesktopApp } from './hosts/desktop.ts';
import { LoopbackApp } from './hosts/loopback.ts';
import { watchForTrouble } from './trouble.ts';

export type { App } from './hosts/app-folder.ts';

export interface Fixtures {
  readonly app: App;
  /** How many times faster than real time the clock of a Rollbook on loopback is. Other hosts use real time. */
  readonly speed: number;
  /** Puts `fly` and `curl` of a drill scenario first on the PATH of `app`, as real programs. They outlive the app. */
  readonly simulatedTools: (scenario: string, options?: { readonly speed?: number }) => Promise<SimulatedPath>;
  /** Starts a Slack webhook that records what is posted. */
  readonly slackChannel: () => Promise<SlackServer>;
  /** The file system of the data folder, 32 MB; without the right to mount one the test is skipped. */
  readonly disk: SmallDisk;
  /** Errors of the pages so far. At its end the test fails if there are unexpected ones. */
  readonly trouble: string[];
  /** Patterns of errors that the test causes and expects. */
  readonly expectedTrouble: RegExp[];
}

export const test = hostTest.extend<Fixtures>({
  speed: [5, { option: true }],
  app: async ({ host, launch, browserOf, trouble, speed }, use) => {
    const app = host === 'loopback' ? new LoopbackApp(browserOf, trouble, speed) : new DesktopApp(launch, trouble);
    await use(app);
    await app.end();
  },
  simulatedTools: async ({ app }, use) => {
    const started: SimulatedPath[] = [];
    await use(async (scenario, { speed = 20 } = {}) => {
      const tools = await simulatedPath({ scenario, speed, startAt: 'now' });
      started.push(tools);
      app.env['PATH'] = `${tools.pathEntry}${delimiter}${app.env['PATH'] ?? ''}`;
      return tools;
    });
    // The app first: it may still be running them.
    await app.end();
    for (const tools of started) await tools.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  slackChannel: async ({}, use) => {
    const closes: (() => Promise<void>)[] = [];
    await use(() => slackServer((close) => closes.push(close)));
    for (const close of closes) await close();
  },
  disk: async ({ app }, use, testInfo) => {
    const home = app.env['ROLLBOOK_HOME'] ?? '';
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const disk = smallDisk(home, 32);
    if (typeof disk === 'string') return testInfo.skip(true, disk);
    await use(disk);
    disk.makeRoom();
    // Unmounted while the app is running, so that its last writes do not reach the folder below.
    disk.unmount();
  },
  trouble: async ({ expectedTrouble }, use) => {
    const trouble: string[] = [];
    await use(trouble);
    expect(trouble.filter((line) => !expectedTrouble.some((pattern) => pattern.test(line)))).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  expectedTrouble: async ({}, use) => use([]),
  /** An empty tab, for tests of the loopback host's addresses. */
  page: async ({ page, trouble }, use) => {
    await watchForTrouble(page, trouble);
    await use(page);
  },
});

/**
 * For stories that run a drill's whole watch of 30 minutes at 60 times speed: a probe is due every 125 ms. At the default
 * speed it would be every 50 ms, and on a busy machine too many probes would be late for the watch to be proven.
 */
export const ALL_OF_A_WATCH = { speed: 2 };

export { expect };
