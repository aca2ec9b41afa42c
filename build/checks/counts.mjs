import { readFileSync } from 'node:fs';

/**
 * What a stage of the tests counted.
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly { readonly name: string, readonly reason: string }[]} skipped
 * @property {readonly Timed[]} timed
 *
 * @typedef {object} Timed how long a test took
 * @property {string} name with its file
 * @property {number} ms
 */

/** @returns {Counts} a check counts as one test */
export const oneCheck = (/** @type {boolean} */ passed) => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  skipped: [],
  timed: [],
});

/**
 * The counts a test runner left, held against its exit code: a runner that left none, or failed without a failed test,
 * counts as one failure; so does one that ran nothing at all.
 * @param {Counts | undefined} left
 * @param {number} exitCode
 * @returns {Counts}
 */
export function settle(left, exitCode) {
  if (left === undefined) return oneCheck(false);
  const nothing = left.passed + left.failed + left.skipped.length === 0;
  return left.failed === 0 && (exitCode !== 0 || nothing) ? { ...left, failed: 1 } : left;
}

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
    timed: report.suites.flatMap((suite) => [...timedIn(suite)]),
  };
}

/**
 * @typedef {{ status: string, annotations?: { type: string, description?: string }[],
 *   results?: { duration: number }[] }} PlaywrightTest
 * @typedef {{ title: string, specs?: { title: string, tests: PlaywrightTest[] }[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number }, errors?: unknown[],
 *   suites: PlaywrightSuite[] }} PlaywrightReport
 */

/** @returns {Generator<{ name: string, reason: string }>} */
function* skippedIn(/** @type {PlaywrightSuite} */ suite) {
  for (const { title, tests } of suite.specs ?? []) {
    for (const { status, annotations = [] } of tests) {
      if (status !== 'skipped') continue;
      const reason = annotations.find(({ description }) => description !== undefined)?.description;
      yield { name: `${suite.title} > ${title}`, reason: reason ?? 'no reason given' };
    }
  }
  for (const child of suite.suites ?? []) yield* skippedIn(child);
}

/** @returns {Generator<Timed>} */
function* timedIn(/** @type {PlaywrightSuite} */ suite) {
  for (const { title, tests } of suite.specs ?? []) {
    const ms = tests.flatMap(({ results = [] }) => results).reduce((sum, { duration }) => sum + duration, 0);
    yield { name: `${suite.title} > ${title}`, ms };
  }
  for (const child of suite.suites ?? []) yield* timedIn(child);
}

/**
 * The lines that name the slowest tests, slowest first.
 * @param {Counts} counts
 * @param {number} most
 * @returns {readonly string[]}
 */
export function slowest({ timed }, most) {
  const first = [...timed].sort((a, b) => b.ms - a.ms).slice(0, most);
  return first.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`);
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
  };
}
