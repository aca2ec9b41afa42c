import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { presentElectron } from '../setup/electron-runtime.mjs';
import { inProject, scratchFolder } from '../setup/project.mjs';
import { displayRefusal } from '../setup/way-to-open.mjs';
import { checkedCounts, oneCheck, playwrightCounts, skippedCounts, vitestCounts } from './counts.mjs';
import { findRealTools } from './real-tools.mjs';

/**
 * The stages of `npm test`, and after them those that only `npm run test:all` has. Each stage is one program. `part` is
 * the word that selects it, as in `npm test -- unit`.
 *
 * @typedef {'checks' | 'unit' | 'e2e' | 'long' | 'tools' | 'desktop' | 'faults'} Part
 * @typedef {'Bundles' | 'Browser'} Need prepared before the stage
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {object} Stage
 * @property {string} name
 * @property {Part} part
 * @property {readonly string[]} args for Node
 * @property {number} limitMs
 * @property {readonly Need[]} needs
 * @property {boolean} [stopsWithout] it is skipped when a need failed: all of its tests would fail for that one reason
 * @property {() => Found} [find] looks for what the stage needs on this machine; called before its needs are prepared
 * @property {boolean} [mayBeEmpty] running no test at all is not a failure
 * @property {string} [filterFlag] makes the runner accept file filters that match no test; without it there are no filters
 * @property {string} [countsFile] removed before the run
 * @property {(exitCode: number, mayBeEmpty?: boolean) => Counts} counts
 *
 * @typedef {{ readonly why: string } | { readonly env: NodeJS.ProcessEnv, readonly counts: Counts }} Found
 * `why`: the reason the stage cannot run here; `counts`: what is missing, added to the counts of the stage
 */

/** The linter's folders. Its ignore patterns do not reach out of build/, where its configuration is. */
const SOURCES = ['shared', 'electron', 'renderer', 'build', 'test'];
const MINUTE = 60_000;
const VITEST_REPORTER = `--reporter=${inProject('build/checks/vitest-reporter.mjs')}`;
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
  checkedCounts(vitestCounts(VITEST_COUNTS), code, mayBeEmpty);

const fromPlaywright = (/** @type {number} */ code, mayBeEmpty = false) => {
  // Playwright writes no report when it has no test to run.
  const none = mayBeEmpty && code === 0 ? skippedCounts([]) : undefined;
  return checkedCounts(playwrightCounts(PLAYWRIGHT_REPORT) ?? none, code, mayBeEmpty);
};

/**
 * Vitest with some of the projects of a configuration, or with all of them when none is named.
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
    VITEST_REPORTER,
  ],
  limitMs: 30 * MINUTE,
  // The tests of the command line start the built one.
  needs: ['Bundles'],
  filterFlag: '--passWithNoTests',
  countsFile: VITEST_COUNTS,
  counts: fromVitest,
});

/**
 * Playwright with some of the projects of a configuration, or with all of them when none is named.
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

/** @returns {Found} whether the tests of the desktop app can run on a real Electron runtime here */
function findElectronRuntime() {
  const why = presentElectron() === undefined ? noRuntime() : displayRefusal(process.env, process.platform);
  return why === undefined ? { env: {}, counts: skippedCounts([]) } : { why };
}

function noRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return override
    ? `ELECTRON_OVERRIDE_DIST_PATH names ${override}, which has no Electron runtime in it`
    : 'there is no Electron runtime here (`node node_modules/electron/install.js` fetches it; ELECTRON_OVERRIDE_DIST_PATH may name an unpacked one)';
}

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
  { ...vitest('Real tools', 'tools', [], 'build/vitest.tools.config.ts'), needs: [], find: findRealTools },
  {
    ...playwright('Real Electron runtime', 'desktop', [], 'build/playwright.runtime.config.ts'),
    needs: ['Bundles'],
    find: findElectronRuntime,
  },
];

/** `npm run test:faults`: the short and the long tests of faults, which other stages also run. @type {readonly Stage[]} */
export const FAULTS = [{ ...vitest('Faults', 'faults', ['faults', 'long-faults']), limitMs: 120 * MINUTE }];

/** Environment variables that tell the runners where to write their counts. */
export const COUNT_FILES = { ROLLBOOK_COUNTS: VITEST_COUNTS, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT };

/** Removes the counts of an earlier run: a runner that crashes must not be given them. */
export function removeCounts(/** @type {Stage} */ stage) {
  if (stage.countsFile !== undefined) rmSync(stage.countsFile, { force: true });
}
