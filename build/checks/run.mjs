import { delimiter, dirname } from 'node:path';
import { ensureBundles } from '../setup/bundle-fresh.mjs';
import { explain } from '../setup/failure.mjs';
import { projectRoot } from '../setup/project.mjs';
import { ensureChromium } from './browser.mjs';
import { chosen } from './choice.mjs';
import { add, isEmpty, NO_REASON, notRun, oneCheck, slowest, summary } from './counts.mjs';
import { INTERRUPTED, limitedRun } from './limited-run.mjs';
import { faultTable } from './fault-table.mjs';
import { COUNT_FILES, forget } from './stages.mjs';
import { testFolder } from './test-folder.mjs';

/** Runs the stages of `npm test`. Needs the fitting Node and the packages; build/test.mjs sees to both. */

/** @typedef {import('./counts.mjs').Counts} Counts */

const node = process.execPath;
/** So many are named at the end. */
const SLOWEST = 10;

/** @type {{ readonly [need in import('./stages.mjs').Need]: () => unknown }} */
const NEEDS = {
  Bundles: () => ensureBundles(node, ['window', 'cli', 'desktop', 'stories']),
  Browser: () => ensureChromium(node),
};
const tell = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

/** Asked for by whoever runs the tests: test/README.md, .github/CONTRIBUTING.md. */
const OURS = new Set(['ROLLBOOK_CACHE', 'ROLLBOOK_RECORD']);

/** The tests find the same Node first on PATH, and no setting of the person's own Rollbook. */
const environment = () => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('ROLLBOOK_') || OURS.has(name));
  const env = Object.fromEntries(kept);
  return { ...env, ...COUNT_FILES, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
};

/**
 * @param {import('./stages.mjs').Stage} stage
 * @param {readonly string[]} filters
 * @param {{ env: NodeJS.ProcessEnv, counts: Counts }} started
 * @returns {Promise<Counts>}
 */
async function runStage(stage, filters, started) {
  tell(`\n== ${stage.name}`);
  const began = Date.now();
  forget(stage);
  const filtered = stage.filterFlag !== undefined && filters.length > 0;
  const folder = testFolder();
  const { code, timedOut } = await limitedRun({
    file: node,
    args: [...stage.args, ...(filtered ? [stage.filterFlag ?? '', ...filters] : [])],
    cwd: projectRoot,
    env: { ...environment(), ...started.env, TMPDIR: folder.path },
    limitMs: stage.limitMs,
  });
  const left = removed(folder);
  if (left !== undefined) tell(left);
  if (timedOut) tell(`${stage.name} took over ${stage.limitMs / 60_000} minutes and was stopped.`);
  const own = stage.counts(timedOut ? 1 : code, stage.mayBeEmpty || filtered);
  if (isEmpty(own)) tell(filtered ? 'No test here fits the filter.' : 'No test is related to what was changed.');
  const counts = add([started.counts, own]);
  tell(`== ${stage.name}: ${summary(counts)} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return counts;
}

/** What a stage left is no failure of its tests. @returns {string | undefined} why it is still there */
function removed(/** @type {ReturnType<typeof testFolder>} */ { path, remove }) {
  try {
    remove();
    return undefined;
  } catch (thrown) {
    return `${path} could not be removed: ${/** @type {Error} */ (thrown).message}`;
  }
}

/** A step of set-up between the stages; when it fails it counts as one failed test. @returns {Promise<Counts>} */
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

const NOTHING_STARTED = { env: {}, counts: notRun([]) };

/** A stage that this machine has nothing for; skipped with its reason. */
function cannotRun(/** @type {string} */ name, /** @type {string} */ reason) {
  const counts = notRun([{ name, reason }]);
  tell(`\n== ${name}\nNothing was run: ${reason}.\n== ${name}: ${summary(counts)} (0.0 s)`);
  return counts;
}

/** @returns {Promise<Counts>} */
async function runAll(/** @type {NonNullable<ReturnType<typeof chosen>>} */ { stages, filters, notes }) {
  for (const note of notes) tell(note);
  /** @type {Map<string, Counts>} */
  const done = new Map();
  for (const stage of stages) {
    // Interrupted.
    if (process.exitCode !== undefined) break;
    const started = stage.start?.() ?? NOTHING_STARTED;
    if ('why' in started) {
      done.set(stage.name, cannotRun(stage.name, started.why));
      continue;
    }
    for (const need of stage.needs) {
      if (!done.has(need)) done.set(need, await prepare(need, NEEDS[need]));
    }
    if (process.exitCode !== undefined) break;
    const unmet = stage.stopsWithout ? stage.needs.find((need) => done.get(need)?.failed !== 0) : undefined;
    done.set(
      stage.name,
      unmet === undefined ? await runStage(stage, filters, started) : cannotRun(stage.name, `${unmet} failed`),
    );
  }
  const total = add([...done.values()]);
  if (filters.length === 0 || total.timed.length + total.failed + total.skipped.length > 0) return total;
  tell(`\nNo test fits ${filters.join(' ')}.`);
  return add([total, oneCheck(false)]);
}

const USAGE =
  'npm test [-- checks | unit | e2e | long | tools | desktop | faults [file filter] | changed [commit] | all]';

async function main(/** @type {readonly string[]} */ words) {
  const choice = chosen(words);
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
  if (unexplained > 0) tell(`${unexplained} were skipped without a reason, which counts as a failure each.`);
  const judged = { ...total, failed: total.failed + unexplained };
  if (process.exitCode === INTERRUPTED) {
    tell('\nInterrupted. What was under way is not counted.');
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
