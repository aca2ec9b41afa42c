import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** `npm run test:tools`: tests with the real tools, which are slow. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/tools/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
    passWithNoTests: false,
  },
});
