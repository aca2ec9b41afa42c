import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** Unit and integration tests. The root is the project, whatever folder the command was given in. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts', 'test/faults/**/*.test.ts'],
    // Real processes and better-sqlite3 want a process of their own, not a thread.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A retried test hides a fault.
    retry: 0,
    // A crashed run must not look like a run without tests.
    passWithNoTests: false,
  },
});
