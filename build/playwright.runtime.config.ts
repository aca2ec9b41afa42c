import { defineConfig } from '@playwright/test';

/** `npm run test:desktop`: stories and specs of the desktop app on a real Electron runtime. */
export default defineConfig<object, { readonly host: 'runtime' }>({
  testDir: '../test',
  outputDir: '../test-results/runtime',
  retries: 0,
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: { host: 'runtime' },
  projects: [
    { name: 'stories', testMatch: '**/e2e/**/*.test.ts', testIgnore: '**/e2e/{access,policy}.test.ts' },
    // Without `recorded`: only the double records the order of calls.
    { name: 'specs', testMatch: '**/desktop/{double,security}/*.spec.ts' },
    { name: 'budgets', testMatch: '**/desktop/budgets/*.spec.ts' },
  ],
});
