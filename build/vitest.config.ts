import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

const LONG = '**/*.long.test.ts';

/**
 * The projects of Vitest. `npm test` runs `unit`, `integration` and `faults`; `npm run test:all` also `long` and
 * `long-faults`; `npm run test:faults` both of faults.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // Integration tests mostly wait for processes: two at a time keep two cores busy.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Retries would hide flaky tests.
    retry: 0,
    // A run that crashed must not look like one without tests.
    passWithNoTests: false,
    // For `npm test -- changed`: nothing imports data, so any test may read it.
    forceRerunTriggers: [
      '**/package{,-lock}.json',
      '**/build/vitest.config.ts',
      '**/shared/{runbooks,scenarios}/**',
      '**/test/fixtures/**/*.{json,jsonl,md,txt}',
    ],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: [LONG],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: [LONG],
          // These tests start processes and load native code: both work better in a process than in a thread.
          pool: 'forks',
          // Tests share nothing but modules, which are loaded once per worker, as is the parsed bundled runbook.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          exclude: [LONG],
          pool: 'forks',
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['test/{unit,integration}/**/*.long.test.ts'],
          pool: 'forks',
        },
      },
      {
        extends: true,
        test: {
          name: 'long-faults',
          include: ['test/faults/**/*.long.test.ts'],
          pool: 'forks',
        },
      },
    ],
  },
});
