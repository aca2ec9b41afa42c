/**
 * Tables for people. Column style of flyctl from v0.4.33 on; its exact padding is an inference, so nothing may parse it
 * (programs ask for --json).
 */

/** aurora colours its titles whatever the terminal or NO_COLOR say. */
export const bold = (text: string): string => `\u001b[1m${text}\u001b[0m`;

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    widths.map((width, column) => ` ${(row[column] ?? '').padEnd(width)} `).join('│');
  return `${all.map(line).join('\n')}\n\n`;
}

export function verticalTable(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${rows.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`).join('\n')}\n\n`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** How long ago, as internal/format/format.go says it; a date after a day. Both in ms since the epoch. */
export function relativeTime(then: number, now: number): string {
  const seconds = Math.floor((now - then) / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 1) return 'just now';
  if (seconds < 60) return `${seconds}s ago`;
  if (minutes < 60) return `${minutes}m${seconds % 60}s ago`;
  if (hours < 24) return `${hours}h${minutes % 60}m ago`;
  const date = new Date(then);
  const month = MONTHS[date.getUTCMonth()];
  return `${month} ${date.getUTCDate()} ${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}
