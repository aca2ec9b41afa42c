import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { runScript, say } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';

/**
 * `npm run bench [-- WORD] [--json] [--check]`: runs the benchmarks in test/bench (those with the word in their name) one
 * after the other and prints a table. `--json` prints the rows as JSON. `--check` fails when a row misses its budget.
 */

/**
 * `Row` of test/bench/measure.ts.
 * @typedef {{ what: string, value: number, unit: string, budget: number, atLeast?: true, ratio?: number, baseline?: string }} Row
 */

/** @param {string} node @param {string} name @returns {Promise<{ rows: Row[], code: number }>} */
async function run(node, name) {
  const child = spawn(node, [inProject(`test/bench/${name}`)], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  /** @type {Row[]} */
  const rows = [];
  for await (const line of createInterface({ input: child.stdout })) rows.push(JSON.parse(line));
  return { rows, code: /** @type {number} */ (await ended) };
}

const kept = (/** @type {Row} */ { value, budget, atLeast }) => (atLeast === true ? value >= budget : value <= budget);

const shown = (/** @type {number} */ value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));

/** @param {readonly Row[]} rows */
function table(rows) {
  const lines = rows.map((row) => [
    row.what,
    `${row.atLeast === true ? '>=' : '<='} ${row.budget} ${row.unit}`,
    `${shown(row.value)} ${row.unit}${kept(row) ? '' : ' !'}`,
    row.ratio === undefined ? '' : `${row.ratio.toFixed(1)} x ${row.baseline ?? ''}`,
  ]);
  const all = [['', 'budget', 'result', 'ratio to a baseline in the same run'], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

await runScript(async () => {
  const args = process.argv.slice(2);
  const word = args.find((arg) => !arg.startsWith('--')) ?? '';
  const names = readdirSync(inProject('test/bench')).filter(
    (name) => name.endsWith('.bench.ts') && name.includes(word),
  );
  if (names.length === 0) {
    say(`There is no test/bench/*${word}*.bench.ts.`);
    return 2;
  }
  const node = await makeReady(['window', 'cli']);
  /** @type {Row[]} */
  const rows = [];
  let worst = 0;
  for (const name of names.sort()) {
    say(`${name} ...`);
    const { rows: more, code } = await run(node, name);
    rows.push(...more);
    worst = Math.max(worst, code);
  }
  process.stdout.write(`${args.includes('--json') ? JSON.stringify(rows, null, 2) : table(rows)}\n`);
  const over = rows.filter((row) => !kept(row));
  if (over.length > 0) say(`${over.length} of ${rows.length} miss their budget (!).`);
  return args.includes('--check') && over.length > 0 ? 1 : worst;
});
