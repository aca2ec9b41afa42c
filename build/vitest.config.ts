import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

const LONG = '**/*.long.test.ts';

/**
 * The tests that Vitest runs, as projects: `npm test` runs `unit`, `integration` and `faults`, `npm run test:all` also
 * `long` and `long-faults`, `npm run test:faults` those of faults.
 * The root is the project, whatever folder the command was given in.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // Integration tests mostly wait for processes: two at a time fit two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A retried test hides a fault.
    retry: 0,
    // A crashed run must not look like a run without tests.
    passWithNoTests: false,
    // For `npm test -- changed`: nothing imports data, so any of the tests may read it.
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
          // Real processes and better-sqlite3 want a process of their own, not a thread.
          pool: 'forks',
          // Each test has a data folder of its own; the modules are loaded, and the bundled runbook parsed, once a worker.
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
