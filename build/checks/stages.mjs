import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, scratchFolder } from '../setup/project.mjs';
import { changedFiles, storiesOf } from './changed.mjs';
import { oneCheck, playwrightCounts, settle, vitestCounts } from './counts.mjs';

/**
 * The stages of `npm test` and, after them, those that only `npm run test:all` has. Each is one program; `part` is what
 * `npm test -- PART` picks it by.
 *
 * @typedef {'checks' | 'unit' | 'e2e' | 'all'} Part `all`: only in `npm run test:all`
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

/**
 * Vitest on some of the projects of build/vitest.config.ts.
 * @returns {Stage}
 */
const vitest = (/** @type {string} */ name, /** @type {Part} */ part, /** @type {readonly string[]} */ projects) => ({
  name,
  part,
  args: [
    inProject('node_modules/vitest/vitest.mjs'),
    'run',
    '--config=build/vitest.config.ts',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    COUNTS_REPORTER,
  ],
  limitMs: 30 * MINUTE,
  // Tests of the command line start the built one.
  needs: ['Bundles'],
  filters: true,
  countsFile: VITEST_COUNTS,
  counts: (code) => settle(vitestCounts(VITEST_COUNTS), code),
});

/**
 * Playwright on some of the projects of build/playwright.config.ts.
 * @returns {Stage}
 */
const playwright = (
  /** @type {string} */ name,
  /** @type {Part} */ part,
  /** @type {readonly string[]} */ projects,
) => ({
  name,
  part,
  args: [
    inProject('node_modules/@playwright/test/cli.js'),
    'test',
    '--config=build/playwright.config.ts',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=list,json',
  ],
  limitMs: 65 * MINUTE,
  needs: ['Bundles', 'Browser'],
  stopsWithout: true,
  filters: true,
  countsFile: PLAYWRIGHT_REPORT,
  counts: (code) => settle(playwrightCounts(PLAYWRIGHT_REPORT), code),
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
  vitest('Unit and integration tests', 'unit', ['unit', 'integration']),
  playwright('End-to-end tests', 'e2e', ['chromium', 'desktop-specs']),
  vitest('Long tests and faults', 'all', ['long']),
  playwright('Long stories, and all stories on the Electron double', 'all', ['long', 'desktop-double']),
  {
    name: 'Real tools',
    part: 'all',
    args: [inProject('build/test-tools.mjs'), '--reporter=default', COUNTS_REPORTER],
    limitMs: 30 * MINUTE,
    needs: [],
    countsFile: VITEST_COUNTS,
    counts: (code) => settle(vitestCounts(VITEST_COUNTS), code),
  },
  {
    // Says by itself why nothing was run where there is no runtime.
    name: 'Real Electron runtime',
    part: 'all',
    args: [inProject('build/test-desktop.mjs')],
    limitMs: 65 * MINUTE,
    needs: [],
    counts: (code) => oneCheck(code === 0),
  },
];

/** The environment of the stages: where the runners leave their counts. */
export const COUNT_FILES = { ROLLBOOK_COUNTS: VITEST_COUNTS, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT };

/** Counts of an earlier run must not stand for one that crashes. */
export function forget(/** @type {Stage} */ stage) {
  if (stage.countsFile !== undefined) rmSync(stage.countsFile, { force: true });
}

/**
 * What a change can break: the checks, Vitest's related files, and the stories of what was touched.
 * @param {readonly string[]} files changed ones, relative to the project
 * @returns {readonly Stage[]}
 */
export function stagesFor(files) {
  const stories = storiesOf(files);
  return STAGES.flatMap((stage) => {
    if (stage.part === 'checks') return [stage];
    if (stage.part === 'unit') return [{ ...stage, args: related(stage.args, files) }];
    return stage.part === 'e2e' && stories.length > 0 ? [{ ...stage, args: [...stage.args, ...stories] }] : [];
  });
}

/** Vitest runs the tests that import one of the files; of a file that is only read (a scenario, a runbook) it knows nothing. */
const related = (/** @type {readonly string[]} */ args, /** @type {readonly string[]} */ files) =>
  args.flatMap((arg) => (arg === 'run' ? ['related', '--run', '--passWithNoTests', ...files] : [arg]));

/**
 * What was asked for: `npm test -- unit store` is the part "unit" with the filter "store", `all` everything there is,
 * `changed REF` what a change since that commit can break (HEAD when none is named).
 * @param {readonly string[]} args
 * @returns {{ stages: readonly Stage[], filters: readonly string[] } | undefined} undefined when there is no such part
 */
export function chosen([part, ...filters]) {
  if (part === undefined) return { stages: STAGES.filter((stage) => stage.part !== 'all'), filters };
  if (part === 'all') return { stages: STAGES, filters: [] };
  if (part === 'changed') return { stages: stagesFor(changedFiles(filters[0] ?? 'HEAD')), filters: [] };
  const stages = STAGES.filter((stage) => stage.part === part);
  return stages.length === 0 ? undefined : { stages, filters };
}
