/** How a command prints: text for people, or one JSON document with --json. */
import type { Failure } from '#shared/api/result.ts';
import type { Door } from '#core/redaction-door.ts';
import { asTypedHere } from './invocation.ts';
import type { Progress } from './progress.ts';
import { visibleJson, readable } from '#shared/words/visible.ts';

/** The streams and the caller's folder; tests pass their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** As `out`, without redaction: a runbook's own text under review, JSON that is redacted already, a link to use. */
  readonly exact: (text: string) => void;
  /** Redacts; `out` and `err` use it themselves. */
  readonly door: Door;
  readonly input: NodeJS.ReadableStream;
  readonly cwd: string;
  /** A person types, not a pipe: they may press Enter too early. */
  readonly interactive: boolean;
  readonly progress: Progress;
}

/** Prints `value` as JSON, or as text. */
export function print<T>(terminal: Terminal, json: boolean, value: T, text: (value: T) => string): void {
  if (json) printJson(terminal, value);
  else terminal.out(`${text(value)}\n`);
}

/** As `print`, without redaction: what a person reviews and trusts must be the runbook's exact text. */
export function printExact<T>({ exact }: Terminal, json: boolean, value: T, text: (value: T) => string): void {
  exact(`${json ? visibleJson(JSON.stringify(value, null, 2)) : text(value)}\n`);
}

/** Each text is redacted by itself: redacting the whole document could break the JSON. */
export function printJson({ door, exact }: Terminal, value: unknown): void {
  exact(`${visibleJson(JSON.stringify(door.value(value), null, 2))}\n`);
}

/** Prints an error: what and where, then what to do. With --json on stdout, where a script reads it. */
export function printFailure(terminal: Terminal, json: boolean, failure: Failure): void {
  if (json) printJson(terminal, { error: failure });
  else terminal.err(`rollbook: ${failure.message}${failure.advice ? `\n  ${asTypedHere(failure.advice)}` : ''}\n`);
}

/** Rows in columns as wide as their longest cell; no trailing blanks. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

/**
 * Writes to a stream of this process. Colors of tools' output are kept on a terminal only, and end with the text. `clean`:
 * redacts each text first.
 */
export const writerTo =
  (stream: Stream, clean: (text: string) => string): ((text: string) => void) =>
  (text) =>
    void stream.write(
      stream.isTTY === true ? colorsEnded(readable(clean(text), 'keep')) : readable(clean(text), 'leave-out'),
    );

const COLOR = /\u001b\[([\d;]*)m/g;
const RESET = '\u001b[0m';

/** A tool that leaves its color on would color all that follows. */
function colorsEnded(text: string): string {
  const last = [...text.matchAll(COLOR)].at(-1)?.[1];
  if (last === undefined || /^(?:0?;)*0?$/.test(last)) return text;
  return text.replace(/(\r?\n)?$/, `${RESET}$1`);
}
