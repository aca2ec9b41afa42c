import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, scratchFolder } from '../setup/project.mjs';
import { oneCheck, playwrightCounts, settle, vitestCounts } from './counts.mjs';

/**
 * The stages of `npm test`, in order. Each is one program; `part` is what `npm test -- PART` picks it by.
 *
 * @typedef {'checks' | 'unit' | 'e2e'} Part
 * @typedef {'Bundles' | 'Browser'} Need what is prepared before a stage
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {object} Stage
 * @property {string} name
 * @property {Part} part
 * @property {readonly string[]} args for Node
 * @property {number} limitMs
 * @property {readonly Need[]} needs
 * @property {boolean} [stopsWithout] would only fail over and over when a need is not met
 * @property {boolean} [filters] takes the words after the part as file filters
 * @property {string} [countsFile] removed before the run
 * @property {(exitCode: number) => Counts} counts
 */

/** What the linter is told to read: its ignore patterns do not reach out of the folder its config lies in. */
const SOURCES = ['shared', 'electron', 'renderer', 'build', 'test'];
const MINUTE = 60_000;
const VITEST_COUNTS = join(scratchFolder, 'test', 'vitest.json');
const PLAYWRIGHT_REPORT = join(scratchFolder, 'test', 'playwright.json');

/** @returns {Stage} */
const check = (/** @type {string} */ name, /** @type {string} */ script, /** @type {readonly string[]} */ args) => ({
  name,
  part: 'checks',
  args: [inProject(script), ...args],
  limitMs: 5 * MINUTE,
  needs: [],
  counts: (code) => oneCheck(code === 0),
});

/** @type {readonly Stage[]} */
export const STAGES = [
  check('Type check', 'node_modules/typescript/bin/tsc', ['-b']),
  check('Layer check', 'build/check-layers.mjs', []),
  check('Lint', 'node_modules/oxlint/bin/oxlint', ['-c', 'build/oxlint.json', '--deny-warnings', ...SOURCES]),
  check('Format check', 'node_modules/@biomejs/biome/bin/biome', [
    'format',
    '--config-path=build/biome-config.json',
    '.',
  ]),
  check('Unused code', 'node_modules/knip/bin/knip.js', ['--config', 'build/knip.json', '--no-progress']),
  {
    name: 'Unit and integration tests',
    part: 'unit',
    args: [
      inProject('node_modules/vitest/vitest.mjs'),
      'run',
      '--config=build/vitest.config.ts',
      '--reporter=default',
      `--reporter=${inProject('build/checks/vitest-counts.mjs')}`,
    ],
    limitMs: 30 * MINUTE,
    // Tests of the command line start the built one.
    needs: ['Bundles'],
    filters: true,
    countsFile: VITEST_COUNTS,
    counts: (code) => settle(vitestCounts(VITEST_COUNTS), code),
  },
  {
    name: 'End-to-end tests',
    part: 'e2e',
    args: [
      inProject('node_modules/@playwright/test/cli.js'),
      'test',
      '--config=build/playwright.config.ts',
      '--reporter=list,json',
    ],
    limitMs: 65 * MINUTE,
    needs: ['Bundles', 'Browser'],
    stopsWithout: true,
    filters: true,
    countsFile: PLAYWRIGHT_REPORT,
    counts: (code) => settle(playwrightCounts(PLAYWRIGHT_REPORT), code),
  },
];

/** The environment of the stages: where the runners leave their counts. */
export const COUNT_FILES = { ROLLBOOK_COUNTS: VITEST_COUNTS, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT };

/** Counts of an earlier run must not stand for one that crashes. */
export function forget(/** @type {Stage} */ stage) {
  if (stage.countsFile !== undefined) rmSync(stage.countsFile, { force: true });
}

/**
 * What was asked for: `npm test -- unit store` is the part "unit" with the filter "store".
 * @param {readonly string[]} args
 * @returns {{ stages: readonly Stage[], filters: readonly string[] } | undefined} undefined when there is no such part
 */
export function chosen([part, ...filters]) {
  if (part === undefined) return { stages: STAGES, filters };
  const stages = STAGES.filter((stage) => stage.part === part);
  return stages.length === 0 ? undefined : { stages, filters };
}
