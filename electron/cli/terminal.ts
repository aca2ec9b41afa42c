/** What a command says: text for people, or one JSON document with --json. */
import type { Failure } from '#shared/contract/result.ts';
import { visibleJson } from '#shared/words/visible.ts';

/** The streams and the caller's folder; tests pass their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly input: NodeJS.ReadableStream;
  readonly cwd: string;
  /** A person types, who may press Enter too early; a pipe never does. */
  readonly interactive: boolean;
}

/** Prints `value` as JSON, or what `text` makes of it. */
export function print<T>(terminal: Terminal, json: boolean, value: T, text: (value: T) => string): void {
  terminal.out(`${json ? visibleJson(JSON.stringify(value, null, 2)) : text(value)}\n`);
}

/** An error as people need it: what and where, then what to do. With --json on stdout, so that a script sees it. */
export function printFailure(terminal: Terminal, json: boolean, failure: Failure): void {
  if (json) terminal.out(`${visibleJson(JSON.stringify({ error: failure }, null, 2))}\n`);
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
