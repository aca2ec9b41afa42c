import { defineConfig, devices } from '@playwright/test';
import { chromiumOptions } from './setup/chromium.mjs';

/** Only the loopback host has addresses. */
const ADDRESSES = '**/e2e/access.test.ts';
/** Slow stories, which only `npm run test:all` runs. */
const LONG = '**/e2e/**/*.long.test.ts';

const LOOPBACK = {
  ...devices['Desktop Chrome'],
  viewport: { width: 1280, height: 800 },
  launchOptions: chromiumOptions(),
};

/** Read by test/desktop/hosts/host-fixtures.ts. The default is loopback. */
interface HostOption {
  readonly host: 'loopback' | 'double';
}

/**
 * The end-to-end suites. `npm test` runs each story once, on the loopback host (`chromium`), and what the desktop app offers
 * (`desktop-specs`); `npm run test:all` adds `long` and all stories on the double of Electron (`desktop-double`).
 * Nothing is retried: a flaky test is a failed test.
 * The project of a real Electron runtime is in playwright.runtime.config.ts.
 */
export default defineConfig<object, HostOption>({
  testDir: '../test',
  testMatch: '**/e2e/**/*.test.ts',
  outputDir: '../test-results',
  retries: 0,
  // A story spends a third of its time waiting for processes and probes, so three of them keep two cores busy.
  workers: 3,
  forbidOnly: true,
  timeout: 90_000,
  globalTimeout: 60 * 60_000,
  expect: { timeout: 20_000 },
  // Without traces: Playwright records one for every story, and once failed a passed story while it packed the trace.
  use: { trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    { name: 'chromium', testIgnore: LONG, use: LOOPBACK },
    { name: 'long', testMatch: LONG, use: LOOPBACK },
    { name: 'desktop-double', testIgnore: ADDRESSES, use: { host: 'double' } },
    {
      name: 'desktop-specs',
      testMatch: '**/desktop/{double,security,recorded,conformance}/*.spec.ts',
      use: { host: 'double' },
    },
  ],
});
