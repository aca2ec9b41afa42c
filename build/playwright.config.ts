import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_ARGS } from './checks/chromium-args.mjs';
import { findChromium } from './checks/browser.mjs';

const executablePath = findChromium();

/** The tests that are about addresses of the loopback host. */
const ADDRESSES = '**/e2e/access.test.ts';
/** Stories that take long: only `npm run test:all` runs them. */
const LONG = '**/e2e/**/*.long.test.ts';

const LOOPBACK = {
  ...devices['Desktop Chrome'],
  viewport: { width: 1280, height: 800 },
  launchOptions: { args: [...CHROMIUM_ARGS], ...(executablePath === undefined ? {} : { executablePath }) },
};

/** Read by test/desktop/hosts/host-fixtures.ts; loopback unless a project says otherwise. */
interface HostOption {
  readonly host: 'loopback' | 'double';
}

/**
 * The end-to-end suites. `npm test` runs each story once, on the loopback host (`chromium`), and what the desktop app offers
 * (`desktop-specs`); `npm run test:all` adds `long` and all stories on the double of Electron (`desktop-double`).
 * Nothing is repeated: a test that fails now and then is a failed test.
 * The project of a real Electron runtime is in playwright.runtime.config.ts.
 */
export default defineConfig<object, HostOption>({
  testDir: '../test',
  testMatch: '**/e2e/**/*.test.ts',
  outputDir: '../test-results',
  retries: 0,
  // A story waits a third of its time: for a process, for three answers two seconds apart. Three at a time fit two cores.
  workers: 3,
  forbidOnly: true,
  timeout: 90_000,
  globalTimeout: 60 * 60_000,
  expect: { timeout: 20_000 },
  // No trace: it is kept of every story and packed when one fails, and packing once failed a story that had passed.
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
