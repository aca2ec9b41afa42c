import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './checks/browser.mjs';

const executablePath = findChromium();
// Chromium's sandbox cannot be had as root, which is what containers run as.
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The browser end-to-end suite. Nothing is repeated: a test that fails now and then is a failed test. */
export default defineConfig({
  testDir: '../test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: '../test-results',
  retries: 0,
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  globalTimeout: 25 * 60_000,
  expect: { timeout: 10_000 },
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1280, height: 800 },
        launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) },
      },
    },
  ],
});
