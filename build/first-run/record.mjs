/**
 * @typedef {import('./list.mjs').Row} Row
 * @typedef {'passed' | 'failed' | 'not looked at'} Result
 * @typedef {object} Done
 * @property {Row} row
 * @property {Result} result
 * @property {string} note the end of its output, or what the person wrote
 */

const cell = (/** @type {string} */ text) => text.replaceAll('|', String.raw`\|`).replaceAll(/\s*\n\s*/g, ' ');

/**
 * The record in Markdown, to be pasted into the table of test/README.md.
 * @param {readonly Done[]} done
 * @param {{ date: string, machine: string, electron: string }} where
 */
export function record(done, { date, machine, electron }) {
  const failed = done.filter(({ result }) => result === 'failed').length;
  const unseen = done.filter(({ result }) => result === 'not looked at').length;
  return [
    `First run on a real Electron runtime: ${date}, ${machine}, Electron ${electron}. ` +
      `${done.length - failed - unseen} passed, ${failed} failed, ${unseen} not looked at.`,
    '',
    '| What | Command | Result |',
    '|---|---|---|',
    ...done.map(({ row, result, note }) => {
      const words = note === '' ? result : `${result}: ${note}`;
      return `| ${cell(row.what)} | \`${cell(row.command)}\` | ${cell(words)} |`;
    }),
    '',
  ].join('\n');
}

/**
 * Runs every row in order; a failure stops nothing.
 * @param {readonly Row[]} rows
 * @param {(row: Row) => Promise<{ code: number, output: string }>} run
 * @param {((question: string) => Promise<string>) | null} ask null: nobody is there to look
 * @returns {Promise<readonly Done[]>}
 */
export async function runAll(rows, run, ask) {
  /** @type {Done[]} */
  const done = [];
  for (const row of rows) {
    if (row.look !== undefined && ask === null) {
      done.push({ row, result: 'not looked at', note: '' });
      continue;
    }
    const { code, output } = await run(row);
    if (code !== 0) done.push({ row, result: 'failed', note: `exit ${code}, ${lastLine(output)}` });
    else if (row.look === undefined || ask === null) done.push({ row, result: 'passed', note: '' });
    else done.push({ row, ...seen(await ask(`${row.look} (y, or what you saw) `)) });
  }
  return done;
}

/** @returns {{ result: Result, note: string }} */
const seen = (/** @type {string} */ answer) =>
  /^y(es)?$/i.test(answer.trim()) ? { result: 'passed', note: '' } : { result: 'failed', note: answer.trim() };

const lastLine = (/** @type {string} */ output) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '')
    ?.slice(0, 200) ?? 'it said nothing';
