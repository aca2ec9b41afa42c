/** The host of a Playwright project, and the browser for hosts that need one. */
import { type Browser, test as base } from '@playwright/test';
import { launchChromium } from '../../../build/setup/chromium.mjs';
import { onDouble } from './double.ts';
import { onRuntime } from './runtime.ts';
import type { Launch } from './shell.ts';

export type Host = 'loopback' | 'double' | 'runtime';

export interface HostOption {
  readonly host: Host;
}

export interface HostFixtures {
  /** Starts Chromium at the first call, once per worker. */
  readonly browserOf: () => Promise<Browser>;
  readonly launch: Launch;
}

export const test = base.extend<object, HostOption & HostFixtures>({
  host: ['loopback', { option: true, scope: 'worker' }],
  browserOf: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      let browser: Promise<Browser> | null = null;
      await use(() => (browser ??= launchChromium()));
      await (browser as Promise<Browser> | null)?.then((started) => started.close());
    },
    { scope: 'worker' },
  ],
  launch: [
    async ({ host, browserOf }, use) => {
      await use(host === 'runtime' ? onRuntime : onDouble(browserOf));
    },
    { scope: 'worker' },
  ],
});
