import { delimiter, dirname } from 'node:path';
import { ensureBundles } from '../setup/bundle-fresh.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { explain } from '../setup/failure.mjs';
import { projectRoot } from '../setup/project.mjs';
import { chooseStages } from './choose-stages.mjs';
import { add, isEmpty, NO_REASON, oneCheck, skippedCounts, slowest, summary } from './counts.mjs';
import { INTERRUPTED, limitedRun } from './limited-run.mjs';
import { faultTable } from './fault-table.mjs';
import { COUNT_FILES, removeCounts } from './stages.mjs';
import { testFolder } from './test-folder.mjs';

/** Runs the stages of `npm test`. build/test.mjs has installed the packages, and starts this with a Node that fits. */

/** @typedef {import('./counts.mjs').Counts} Counts */

const node = process.execPath;
/** How many of the slowest tests are printed. */
const SLOWEST = 10;

/** @type {{ readonly [need in import('./stages.mjs').Need]: () => unknown }} */
const PREPARE = {
  Bundles: () => ensureBundles(node, ['window', 'cli', 'desktop', 'stories']),
  Browser: () => ensureChromium(node),
};
const tell = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

/** The settings of a test run, see test/README.md and .github/CONTRIBUTING.md. */
const TEST_SETTINGS = new Set(['ROLLBOOK_CACHE', 'ROLLBOOK_RECORD']);

/** With this Node first on PATH, and without the settings of the person's own Rollbook. */
const environment = () => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('ROLLBOOK_') || TEST_SETTINGS.has(name));
  const env = Object.fromEntries(kept);
  return { ...env, ...COUNT_FILES, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
};

/**
 * @param {import('./stages.mjs').Stage} stage
 * @param {readonly string[]} filters
 * @param {{ env: NodeJS.ProcessEnv, counts: Counts }} found
 * @returns {Promise<Counts>}
 */
async function runStage(stage, filters, found) {
  tell(`\n== ${stage.name}`);
  const began = Date.now();
  removeCounts(stage);
  const filtered = stage.filterFlag !== undefined && filters.length > 0;
  const folder = testFolder();
  const { code, timedOut } = await limitedRun({
    file: node,
    args: [...stage.args, ...(filtered ? [stage.filterFlag ?? '', ...filters] : [])],
    cwd: projectRoot,
    env: { ...environment(), ...found.env, TMPDIR: folder.path },
    limitMs: stage.limitMs,
  });
  remove(folder);
  if (timedOut) tell(`${stage.name} took over ${stage.limitMs / 60_000} minutes and was stopped.`);
  const own = stage.counts(timedOut ? 1 : code, stage.mayBeEmpty || filtered);
  if (isEmpty(own)) tell(filtered ? 'No test matches the filter.' : 'No test is related to the changes.');
  const counts = add([found.counts, own]);
  tell(`== ${stage.name}: ${summary(counts)} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return counts;
}

/** Only reports an error: the tests have passed or failed by now. */
function remove(/** @type {ReturnType<typeof testFolder>} */ folder) {
  try {
    folder.remove();
  } catch (thrown) {
    tell(`${folder.path} could not be removed: ${/** @type {Error} */ (thrown).message}`);
  }
}

/** Prepares something that a stage needs. A failure counts as one failed test. @returns {Promise<Counts>} */
async function prepare(/** @type {string} */ name, /** @type {() => unknown} */ work) {
  tell(`\n== ${name}`);
  try {
    await work();
    tell(`== ${name}: ${summary(oneCheck(true))}`);
    return oneCheck(true);
  } catch (thrown) {
    explain(thrown);
    return oneCheck(false);
  }
}

const NOTHING_TO_FIND = { env: {}, counts: skippedCounts([]) };

/** @returns {Counts} */
function skipStage(/** @type {string} */ name, /** @type {string} */ reason) {
  const counts = skippedCounts([{ name, reason }]);
  tell(`\n== ${name}\nNothing was run: ${reason}.\n== ${name}: ${summary(counts)} (0.0 s)`);
  return counts;
}

/** @returns {Promise<Counts>} */
async function runAll(/** @type {NonNullable<ReturnType<typeof chooseStages>>} */ { stages, filters, notes }) {
  for (const note of notes) tell(note);
  /** @type {Map<string, Counts>} */
  const done = new Map();
  for (const stage of stages) {
    // Interrupted.
    if (process.exitCode !== undefined) break;
    const found = stage.find?.() ?? NOTHING_TO_FIND;
    if ('why' in found) {
      done.set(stage.name, skipStage(stage.name, found.why));
      continue;
    }
    for (const need of stage.needs) {
      if (!done.has(need)) done.set(need, await prepare(need, PREPARE[need]));
    }
    if (process.exitCode !== undefined) break;
    const unmet = stage.stopsWithout ? stage.needs.find((need) => done.get(need)?.failed !== 0) : undefined;
    done.set(
      stage.name,
      unmet === undefined ? await runStage(stage, filters, found) : skipStage(stage.name, `${unmet} failed`),
    );
  }
  const total = add([...done.values()]);
  if (filters.length === 0 || total.timed.length + total.failed + total.skipped.length > 0) return total;
  tell(`\nNo test matches ${filters.join(' ')}.`);
  return add([total, oneCheck(false)]);
}

const USAGE =
  'npm test [-- checks | unit | e2e | long | tools | desktop | faults [file filter] | changed [commit] | all]';

async function main(/** @type {readonly string[]} */ words) {
  const choice = chooseStages(words);
  if (choice === undefined) {
    process.stderr.write(`There is no part "${words[0]}".\nUsage: ${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const total = await runAll(choice);
  if (total.timed.length > SLOWEST) tell(`\nThe slowest tests:\n${slowest(total, SLOWEST).join('\n')}`);
  const faults = faultTable(total.faults ?? []);
  if (faults.length > 0) tell(`\nFaults:\n${faults.join('\n')}`);
  if (total.skipped.length > 0) tell('\nSkipped:');
  for (const { name, reason } of total.skipped) tell(`  ${name}: ${reason}`);
  const unexplained = total.skipped.filter(({ reason }) => reason === NO_REASON).length;
  if (unexplained > 0) tell(`${unexplained} were skipped without a reason: each counts as a failure.`);
  const judged = { ...total, failed: total.failed + unexplained };
  if (process.exitCode === INTERRUPTED) {
    tell('\nInterrupted. The stage that was running is not counted.');
    return;
  }
  if (judged.failed > 0) process.exitCode ??= 1;
  tell(`\n${summary(judged)}`);
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  process.exitCode = explain(thrown);
}
