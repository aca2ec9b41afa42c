import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, scratchFolder } from '../setup/project.mjs';
import { notRun, oneCheck, playwrightCounts, settle, vitestCounts } from './counts.mjs';
import { runtimeStart } from './real-runtime.mjs';
import { toolsStart } from './real-tools.mjs';

/**
 * The stages of `npm test` and, after them, those that only `npm run test:all` has. Each is one program; `part` is what
 * `npm test -- PART` picks it by. `npm run test:tools`, `test:desktop` and `test:faults` are parts with a name of their own.
 *
 * @typedef {'checks' | 'unit' | 'e2e' | 'long' | 'tools' | 'desktop' | 'faults'} Part
 * @typedef {'Bundles' | 'Browser'} Need what is prepared before a stage
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {object} Stage
 * @property {string} name
 * @property {Part} part
 * @property {readonly string[]} args for Node
 * @property {number} limitMs
 * @property {readonly Need[]} needs
 * @property {boolean} [stopsWithout] would only fail over and over when a need is not met
 * @property {() => Start} [start] what it finds on this machine, asked before its needs are prepared
 * @property {boolean} [mayBeEmpty] that it runs no test is no failure
 * @property {string} [filterFlag] it takes the words after the part as file filters, and with this flag none need fit
 * @property {string} [countsFile] removed before the run
 * @property {(exitCode: number, mayBeEmpty?: boolean) => Counts} counts
 *
 * @typedef {{ readonly why: string } | { readonly env: NodeJS.ProcessEnv, readonly counts: Counts }} Start
 * `why`: it cannot run here; `counts`: what was found missing, counted with the stage
 */

/** What the linter is told to read: its ignore patterns do not reach out of the folder its config lies in. */
const SOURCES = ['shared', 'electron', 'renderer', 'build', 'test'];
const MINUTE = 60_000;
const COUNTS_REPORTER = `--reporter=${inProject('build/checks/vitest-counts.mjs')}`;
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

const fromVitest = (/** @type {number} */ code, mayBeEmpty = false) =>
  settle(vitestCounts(VITEST_COUNTS), code, mayBeEmpty);
const fromPlaywright = (/** @type {number} */ code, mayBeEmpty = false) =>
  // With no test to run it writes no report.
  settle(playwrightCounts(PLAYWRIGHT_REPORT) ?? (mayBeEmpty && code === 0 ? notRun([]) : undefined), code, mayBeEmpty);

/**
 * Vitest on some of the projects of a configuration; on all of it when none is named.
 * @returns {Stage}
 */
export const vitest = (
  /** @type {string} */ name,
  /** @type {Part} */ part,
  /** @type {readonly string[]} */ projects,
  config = 'build/vitest.config.ts',
) => ({
  name,
  part,
  args: [
    inProject('node_modules/vitest/vitest.mjs'),
    'run',
    `--config=${config}`,
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    COUNTS_REPORTER,
  ],
  limitMs: 30 * MINUTE,
  // Tests of the command line start the built one.
  needs: ['Bundles'],
  filterFlag: '--passWithNoTests',
  countsFile: VITEST_COUNTS,
  counts: fromVitest,
});

/**
 * Playwright on some of the projects of a configuration; on all of it when none is named.
 * @returns {Stage}
 */
export const playwright = (
  /** @type {string} */ name,
  /** @type {Part} */ part,
  /** @type {readonly string[]} */ projects,
  config = 'build/playwright.config.ts',
) => ({
  name,
  part,
  args: [
    inProject('node_modules/@playwright/test/cli.js'),
    'test',
    `--config=${config}`,
    ...projects.map((project) => `--project=${project}`),
    '--reporter=list,json',
  ],
  limitMs: 65 * MINUTE,
  needs: ['Bundles', 'Browser'],
  stopsWithout: true,
  filterFlag: '--pass-with-no-tests',
  countsFile: PLAYWRIGHT_REPORT,
  counts: fromPlaywright,
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
  vitest('Unit and integration tests', 'unit', ['unit', 'integration', 'faults']),
  playwright('End-to-end tests', 'e2e', ['chromium', 'desktop-specs']),
  { ...vitest('Long tests and faults', 'long', ['long', 'long-faults']), limitMs: 120 * MINUTE },
  playwright('Long stories, and all stories on the Electron double', 'long', ['long', 'desktop-double']),
  { ...vitest('Real tools', 'tools', [], 'build/vitest.tools.config.ts'), needs: [], start: toolsStart },
  {
    ...playwright('Real Electron runtime', 'desktop', [], 'build/playwright.runtime.config.ts'),
    needs: ['Bundles'],
    start: runtimeStart,
  },
];

/** `npm run test:faults`: the short and the long form of what other stages run too. @type {readonly Stage[]} */
export const FAULTS = [{ ...vitest('Faults', 'faults', ['faults', 'long-faults']), limitMs: 120 * MINUTE }];

/** The environment of the stages: where the runners leave their counts. */
export const COUNT_FILES = { ROLLBOOK_COUNTS: VITEST_COUNTS, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT };

/** Counts of an earlier run must not stand for one that crashes. */
export function forget(/** @type {Stage} */ stage) {
  if (stage.countsFile !== undefined) rmSync(stage.countsFile, { force: true });
}
