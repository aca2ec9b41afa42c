import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../setup/project.mjs';

/**
 * The result of a stage.
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly Skipped[]} skipped
 * @property {readonly Timed[]} timed how long each test took
 * @property {readonly import('./fault-table.mjs').FaultRow[]} [faults] rows of the table of faults
 *
 * @typedef {{ readonly name: string, readonly reason: string }} Skipped
 *
 * @typedef {object} Timed one test
 * @property {number} ms
 * @property {string} file relative to the project, with slashes
 * @property {string} name
 */

/** The reason of a skipped test that gave none. It counts as a failure. */
export const NO_REASON = 'no reason given';

/** A check counts as one test. @returns {Counts} */
export const oneCheck = (/** @type {boolean} */ passed) => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  skipped: [],
  timed: [],
});

/**
 * Compares the counts of a test runner with its exit code. One failure is added when it wrote no counts, when it failed
 * although no test did, and when it ran no test at all, unless it may.
 * @param {Counts | undefined} counts
 * @param {number} exitCode
 * @param {boolean} mayBeEmpty
 * @returns {Counts}
 */
export function checkedCounts(counts, exitCode, mayBeEmpty = false) {
  if (counts === undefined) return oneCheck(false);
  const wrong = exitCode !== 0 || (isEmpty(counts) && !mayBeEmpty);
  return counts.failed === 0 && wrong ? { ...counts, failed: 1 } : counts;
}

/** Whether there was no test, not even a skipped one. */
export const isEmpty = (/** @type {Counts} */ { passed, failed, skipped }) => passed + failed + skipped.length === 0;

/** Of tests that were not run. @returns {Counts} */
export const skippedCounts = (/** @type {readonly Skipped[]} */ skipped) => ({
  passed: 0,
  failed: 0,
  skipped,
  timed: [],
});

/** Reads what vitest-reporter.mjs wrote. @returns {Counts | undefined} */
export const vitestCounts = (/** @type {string} */ file) => /** @type {Counts | undefined} */ (readJson(file));

/**
 * The counts in the report of Playwright's JSON reporter. A test that passed only when it was retried counts as failed.
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
      // The name says in which project, because a story can run in several.
      yield { ms, file: relativeToProject(join(rootDir, file)), name: `${title} (${projectName})` };
    }
  }
  for (const child of suite.suites ?? []) yield* timedIn(child, rootDir);
}

const relativeToProject = (/** @type {string} */ path) => relative(projectRoot, path).replaceAll('\\', '/');

/**
 * A line for each of the slowest tests, the slowest first.
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

/** Sums the counts of stages. @returns {Counts} */
export function add(/** @type {readonly Counts[]} */ all) {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    skipped: all.flatMap(({ skipped }) => skipped),
    timed: all.flatMap(({ timed }) => timed),
    faults: all.flatMap(({ faults = [] }) => faults),
  };
}
