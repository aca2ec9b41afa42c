import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../setup/project.mjs';

/**
 * What a stage of the tests counted.
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly Skipped[]} skipped
 * @property {readonly Timed[]} timed the tests that ran
 * @property {readonly import('./fault-table.mjs').FaultRow[]} [faults] what the tests of faults found
 *
 * @typedef {{ readonly name: string, readonly reason: string }} Skipped
 *
 * @typedef {object} Timed how long a test took
 * @property {number} ms
 * @property {string} file relative to the project, with slashes
 * @property {string} name
 */

/** Stands for the reason of a skipped test that gave none: that counts as a failure. */
export const NO_REASON = 'no reason given';

/** @returns {Counts} a check counts as one test */
export const oneCheck = (/** @type {boolean} */ passed) => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  skipped: [],
  timed: [],
});

/**
 * The counts a test runner left, held against its exit code: a runner that left none, or failed without a failed test,
 * counts as one failure; so does one that ran nothing at all, unless it may.
 * @param {Counts | undefined} left
 * @param {number} exitCode
 * @param {boolean} mayBeEmpty
 * @returns {Counts}
 */
export function settle(left, exitCode, mayBeEmpty = false) {
  if (left === undefined) return oneCheck(false);
  return left.failed === 0 && (exitCode !== 0 || (isEmpty(left) && !mayBeEmpty)) ? { ...left, failed: 1 } : left;
}

/** Whether no test was run, skipped ones included. */
export const isEmpty = (/** @type {Counts} */ { passed, failed, skipped }) => passed + failed + skipped.length === 0;

/** @returns {Counts} of a stage that cannot run here */
export const notRun = (/** @type {readonly Skipped[]} */ skipped) => ({ passed: 0, failed: 0, skipped, timed: [] });

/** @returns {Counts | undefined} what `vitest-counts.mjs` wrote */
export const vitestCounts = (/** @type {string} */ file) => /** @type {Counts | undefined} */ (readJson(file));

/**
 * The counts in the report of Playwright's JSON reporter. A test that passed only when repeated counts as failed.
 * @returns {Counts | undefined}
 */
export function playwrightCounts(/** @type {string} */ file) {
  const report = /** @type {PlaywrightReport | undefined} */ (readJson(file));
  if (report === undefined) return undefined;
  const { expected, unexpected, flaky } = report.stats;
  const failed = unexpected + flaky + (unexpected === 0 ? (report.errors?.length ?? 0) : 0);
  return {
    passed: expected,
    failed,
    skipped: report.suites.flatMap((suite) => [...skippedIn(suite)]),
    timed: report.suites.flatMap((suite) => [...timedIn(suite, report.config.rootDir)]),
  };
}

/**
 * @typedef {{ status: string, projectName: string, annotations?: { type: string, description?: string }[],
 *   results: { duration: number }[] }} PlaywrightTest
 * @typedef {{ title: string, file: string, tests: PlaywrightTest[] }} PlaywrightSpec `file` is relative to `rootDir`
 * @typedef {{ title: string, specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ config: { rootDir: string }, stats: { expected: number, unexpected: number, flaky: number },
 *   errors?: unknown[], suites: PlaywrightSuite[] }} PlaywrightReport
 */

/** @returns {Generator<{ name: string, reason: string }>} */
function* skippedIn(/** @type {PlaywrightSuite} */ suite) {
  for (const { title, tests } of suite.specs ?? []) {
    for (const { status, annotations = [] } of tests) {
      if (status !== 'skipped') continue;
      const reason = annotations.find(({ description }) => description !== undefined)?.description;
      yield { name: `${suite.title} > ${title}`, reason: reason ?? NO_REASON };
    }
  }
  for (const child of suite.suites ?? []) yield* skippedIn(child);
}

/** @returns {Generator<Timed>} */
function* timedIn(/** @type {PlaywrightSuite} */ suite, /** @type {string} */ rootDir) {
  for (const { title, file, tests } of suite.specs ?? []) {
    for (const { status, projectName, results } of tests) {
      if (status === 'skipped') continue;
      const ms = results.reduce((sum, { duration }) => sum + duration, 0);
      // The same story runs in several projects.
      yield { ms, file: inTheProject(join(rootDir, file)), name: `${title} (${projectName})` };
    }
  }
  for (const child of suite.suites ?? []) yield* timedIn(child, rootDir);
}

const inTheProject = (/** @type {string} */ path) => relative(projectRoot, path).replaceAll('\\', '/');

/**
 * The lines that name the slowest tests, slowest first.
 * @param {Counts} counts
 * @param {number} most
 * @returns {readonly string[]}
 */
export function slowest({ timed }, most) {
  const first = [...timed].sort((a, b) => b.ms - a.ms).slice(0, most);
  return first.map(({ ms, file, name }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${file}  ${name}`);
}

/** @returns {unknown} undefined when the file is missing or broken */
function readJson(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The last line of `npm test`. */
export function summary(/** @type {Counts} */ { passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}

/** @returns {Counts} the sum of all stages */
export function add(/** @type {readonly Counts[]} */ all) {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    skipped: all.flatMap(({ skipped }) => skipped),
    timed: all.flatMap(({ timed }) => timed),
    faults: all.flatMap(({ faults = [] }) => faults),
  };
}
