import { delimiter, dirname } from 'node:path';
import { ensureBundles } from '../setup/bundle-fresh.mjs';
import { explain } from '../setup/failure.mjs';
import { projectRoot } from '../setup/project.mjs';
import { ensureChromium } from './browser.mjs';
import { add, oneCheck, slowest, summary } from './counts.mjs';
import { limitedRun } from './limited-run.mjs';
import { chosen, COUNT_FILES, forget, STAGES } from './stages.mjs';

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

/** The tests find the same Node first on PATH, and no setting of an outer Rollbook. */
const environment = () => {
  const { ROLLBOOK_HOME: _home, ...env } = process.env;
  return { ...env, ...COUNT_FILES, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
};

/** @returns {Promise<Counts>} */
async function runStage(/** @type {import('./stages.mjs').Stage} */ stage, /** @type {readonly string[]} */ filters) {
  tell(`\n== ${stage.name}`);
  const began = Date.now();
  forget(stage);
  const { code, timedOut } = await limitedRun({
    file: node,
    args: [...stage.args, ...(stage.filters ? filters : [])],
    cwd: projectRoot,
    env: environment(),
    limitMs: stage.limitMs,
  });
  if (timedOut) tell(`${stage.name} took over ${stage.limitMs / 60_000} minutes and was stopped.`);
  const counts = stage.counts(timedOut ? 1 : code);
  tell(`== ${stage.name}: ${summary(counts)} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return counts;
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

/** @returns {Promise<Counts>} */
async function runAll(/** @type {{ stages: typeof STAGES, filters: readonly string[] }} */ { stages, filters }) {
  /** @type {Map<string, Counts>} */
  const done = new Map();
  for (const stage of stages) {
    for (const need of stage.needs) {
      if (!done.has(need)) done.set(need, await prepare(need, NEEDS[need]));
    }
    // Interrupted.
    if (process.exitCode !== undefined) break;
    if (stage.stopsWithout && stage.needs.some((need) => done.get(need)?.failed !== 0)) continue;
    done.set(stage.name, await runStage(stage, filters));
  }
  return add([...done.values()]);
}

const choice = chosen(process.argv.slice(2));
if (choice === undefined) {
  const parts = [...new Set(STAGES.map(({ part }) => part))].join(' | ');
  process.stderr.write(`Usage: npm test [-- ${parts} [file filter] | changed [commit]]\n`);
  process.exitCode = 2;
} else {
  const total = await runAll(choice);
  if (total.timed.length > SLOWEST) tell(`\nThe slowest tests:\n${slowest(total, SLOWEST).join('\n')}`);
  if (total.skipped.length > 0) tell('\nSkipped:');
  for (const { name, reason } of total.skipped) tell(`  ${name}: ${reason}`);
  if (total.failed > 0) process.exitCode ??= 1;
  tell(`\n${summary(total)}`);
}
