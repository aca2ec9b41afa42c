/** JSON, times and tables as flyctl writes them. */

/** As `render.JSON` writes it: four spaces, a newline at the end, and Go's escapes for `<`, `>` and `&`. */
export const goJson = (value: unknown, indent = 4): string =>
  `${JSON.stringify(value, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`;

/** RFC 3339 without fractions, as flyctl prints the times it has read. */
export const rfc3339 = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** With fractions where there are some, as Fly itself writes it. */
export const serviceTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** `3m0s`, as Go prints a duration of whole seconds. */
export function goDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const long = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
  return `${long}${seconds % 60}s`;
}

/** aurora colours its titles whatever the terminal or NO_COLOR say. */
export const bold = (text: string): string => `\u001b[1m${text}\u001b[0m`;

/** Rows of one width; the first one may be a header. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    widths.map((width, column) => ` ${(row[column] ?? '').padEnd(width)} `).join('│');
  return `${rows.map((row) => `${line(row)}\n`).join('')}\n`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** How long ago, as internal/format/format.go says it; a date after a day. Both in ms since the epoch. */
export function relativeTime(then: number, now: number): string {
  const seconds = Math.floor((now - then) / 1000);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  if (seconds < 1) return 'just now';
  if (seconds < 60) return `${seconds}s ago`;
  if (minutes < 60) return `${minutes}m${seconds % 60}s ago`;
  if (hours < 24) return `${hours}h${minutes % 60}m ago`;
  const date = new Date(then);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()} ${date.getUTCFullYear()} ${rfc3339(then).slice(11, 16)}`;
}
