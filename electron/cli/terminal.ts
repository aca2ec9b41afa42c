/** What a command says: text for people, or one JSON document with --json. */
import type { Failure } from '#shared/contract/result.ts';
import type { Door } from '#core/door.ts';
import { visibleJson } from '#shared/words/visible.ts';

/** The streams and the caller's folder; tests pass their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** As `out`, but nothing is taken out: a runbook's own text under review, JSON that is clean already, a link to use. */
  readonly exact: (text: string) => void;
  /** The process's door; what `out` and `err` get goes through it by itself. */
  readonly door: Door;
  readonly input: NodeJS.ReadableStream;
  readonly cwd: string;
  /** A person types, who may press Enter too early; a pipe never does. */
  readonly interactive: boolean;
}

/** Prints `value` as JSON, or what `text` makes of it. */
export function print<T>(terminal: Terminal, json: boolean, value: T, text: (value: T) => string): void {
  if (json) printJson(terminal, value);
  else terminal.out(`${text(value)}\n`);
}

/** As `print`, for a runbook's own text: what is reviewed and trusted is what is shown. */
export function printExact<T>({ exact }: Terminal, json: boolean, value: T, text: (value: T) => string): void {
  exact(`${json ? visibleJson(JSON.stringify(value, null, 2)) : text(value)}\n`);
}

/** The texts go through the door one by one: what is taken out of a whole document could break it. */
export function printJson({ door, exact }: Terminal, value: unknown): void {
  exact(`${visibleJson(JSON.stringify(door.value(value), null, 2))}\n`);
}

/** An error as people need it: what and where, then what to do. With --json on stdout, so that a script sees it. */
export function printFailure(terminal: Terminal, json: boolean, failure: Failure): void {
  if (json) printJson(terminal, { error: failure });
  else terminal.err(`rollbook: ${failure.message}${failure.advice ? `\n  ${failure.advice}` : ''}\n`);
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
