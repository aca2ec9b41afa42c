/** The table of faults: what the tests did to Rollbook, how often, and with what result. */

/**
 * @typedef {object} FaultRow written by test/fixtures/fault-table.ts
 * @property {string} fault
 * @property {number} times
 * @property {number} lost
 * @property {number} wrong
 * @property {number} [ms]
 * @property {number} [megabytes]
 */

const HEADINGS = ['fault', 'times', 'lost', 'wrong', 'longest', 'peak memory'];

/**
 * Prints the table, one fault a line. Without rows there are no lines.
 * @param {readonly FaultRow[]} rows
 * @returns {readonly string[]}
 */
export function faultTable(rows) {
  if (rows.length === 0) return [];
  const sums = new Map(rows.map(({ fault }) => [fault, sumOf(rows.filter((row) => row.fault === fault))]));
  const cells = [...sums].map(([fault, { times, lost, wrong, ms, megabytes }]) => [
    fault,
    String(times),
    String(lost),
    String(wrong),
    ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`,
    megabytes === undefined ? '' : `${Math.round(megabytes)} MB`,
  ]);
  // Empty columns are left out.
  const shown = HEADINGS.flatMap((_heading, column) => (cells.some((row) => row[column] !== '') ? [column] : []));
  const lines = [HEADINGS, ...cells].map((row) => shown.map((column) => row[column] ?? ''));
  const widths = shown.map((_column, place) => Math.max(...lines.map((line) => line[place]?.length ?? 0)));
  return lines.map((line) =>
    `  ${line.map((cell, place) => (place === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[place] ?? 0))).join('  ')}`.trimEnd(),
  );
}

/** @returns {Omit<FaultRow, 'fault'>} */
function sumOf(/** @type {readonly FaultRow[]} */ rows) {
  const sum = (/** @type {'times' | 'lost' | 'wrong'} */ what) => rows.reduce((all, row) => all + row[what], 0);
  const most = (/** @type {'ms' | 'megabytes'} */ what) => {
    const known = rows.flatMap((row) => row[what] ?? []);
    return known.length === 0 ? {} : { [what]: Math.max(...known) };
  };
  return { times: sum('times'), lost: sum('lost'), wrong: sum('wrong'), ...most('ms'), ...most('megabytes') };
}
