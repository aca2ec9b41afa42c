/** Recognizes the failures of a tool by exit code, by text, or by both. Each tool has a table of them (`errors.ts`). */
import type { ExitFact } from '../incident/topics/runs-events.ts';

export interface Explanation {
  readonly code: string;
  /** What happened. */
  readonly sentence: string;
  /** What to do next. */
  readonly next: string;
}

export interface Signature extends Explanation {
  readonly exitCode?: number;
  readonly text?: RegExp;
}

const COLOURS = /\u001b\[[0-9;]*m/g;

const withoutColours = (text: string): string => text.replace(COLOURS, '');

/** The first row that matches a command that ended with a code other than 0, or null. */
export function explainBy(
  table: readonly Signature[],
  exit: ExitFact,
  stdout: string,
  stderr: string,
): Explanation | null {
  if (exit.kind === 'signal') return INTERRUPTED;
  if (exit.kind !== 'code' || exit.code === 0) return null;
  const text = withoutColours(`${stderr}\n${stdout}`);
  const found = table.find((row) => (row.exitCode ?? exit.code) === exit.code && (row.text?.test(text) ?? true));
  return found === undefined ? null : { code: found.code, sentence: found.sentence, next: found.next };
}

const INTERRUPTED: Explanation = {
  code: 'interrupted',
  sentence: 'The command was interrupted before it was done.',
  next: 'Look at what it has done so far, then decide whether to do it again.',
};
