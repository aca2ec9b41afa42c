/**
 * Explains failed fly commands. Texts are matched, because flyctl has one exit code for nearly everything
 * (flyctl v0.4.87 internal/cli/cli.go).
 */
import type { ExitFact } from '#shared/incident/topics/runs-events.ts';
import { type Explanation, INTERRUPTED, type Signature, SIGNATURES } from './error-signatures.ts';

const COLOURS = /\u001b\[[0-9;]*m/g;

/** Explains a failed fly command; null: it succeeded, or the cause is unknown. */
export function explainFailure(exit: ExitFact, stdout: string, stderr: string): Explanation | null {
  if (exit.kind === 'code' && exit.code === 0) return null;
  if (exit.kind === 'signal') return INTERRUPTED;
  const text = stderr.replace(COLOURS, '');
  const code = exit.kind === 'code' ? exit.code : null;
  return firstMatch(SIGNATURES, code, text) ?? firstMatch(WITHOUT_EXIT, code, errorLines(stdout));
}

const WITHOUT_EXIT = SIGNATURES.filter(({ exitCode }) => exitCode === undefined);

function firstMatch(rows: readonly Signature[], exitCode: number | null, text: string): Explanation | null {
  for (const row of rows) {
    const found = row.exitCode === undefined || row.exitCode === exitCode ? (row.text ?? /^/).exec(text) : null;
    if (found === null) continue;
    const sentence = typeof row.sentence === 'string' ? row.sentence : row.sentence(found.groups ?? {});
    return { code: row.code, sentence, next: row.next };
  }
  return null;
}

/** Uses only the errors of fly from standard output, because the rest may be the log of the app. */
const errorLines = (stdout: string): string =>
  stdout
    .replace(COLOURS, '')
    .split('\n')
    .filter((line) => line.startsWith('Error:'))
    .join('\n');
