/** The plain sentence for a command that failed, by the program that ran. */
import { explainDatabaseFailure } from './postgres/errors.ts';
import { explainFailure } from './fly/errors.ts';
import type { ExitFact } from '#shared/incident/topics/runs-events.ts';
import { CURL_FAILURES } from './generic/curl-errors.ts';
import { GIT_FAILURES } from './generic/git-errors.ts';
import { NPM_FAILURES } from './generic/npm-errors.ts';
import { type Explanation, explainBy, type Signature } from './error-signature.ts';
import { SUPABASE_FAILURES } from './supabase/errors.ts';

type Explain = (exit: ExitFact, stdout: string, stderr: string) => Explanation | null;

const by =
  (table: readonly Signature[]): Explain =>
  (exit, stdout, stderr) =>
    explainBy(table, exit, stdout, stderr);

const BY_TOOL: Readonly<Record<string, Explain>> = {
  fly: explainFailure,
  flyctl: explainFailure,
  psql: explainDatabaseFailure,
  pg_dump: explainDatabaseFailure,
  pg_restore: explainDatabaseFailure,
  supabase: by(SUPABASE_FAILURES),
  'supabase-go': by(SUPABASE_FAILURES),
  curl: by(CURL_FAILURES),
  git: by(GIT_FAILURES),
  npm: by(NPM_FAILURES),
};

/** A shell says so itself; a program that ends with 127 and is silent was found and interrupted. */
const NOT_FOUND: readonly Signature[] = [
  {
    code: 'tool-missing',
    exitCode: 127,
    text: /command not found|: not found/,
    sentence: 'A program that the command needs is not on the PATH of this machine.',
    next: 'Install it or correct PATH; or copy the command, run it elsewhere and paste what it printed.',
  },
];

/**
 * `binary` is the path of what ran, `simulated:fly` in a drill. A script's own words are held against the shell's alone:
 * which of its programs failed nobody knows. Null: it succeeded, or nobody knows.
 */
export function explainRun(binary: string, exit: ExitFact, stdout: string, stderr: string): Explanation | null {
  const name = /([^/\\:]+?)(?:\.exe|\.cmd)?$/.exec(binary)?.[1] ?? '';
  const explain = Object.hasOwn(BY_TOOL, name) ? BY_TOOL[name] : by(NOT_FOUND);
  return explain?.(exit, stdout, stderr) ?? null;
}
