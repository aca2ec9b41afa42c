/**
 * The platforms that Rollbook knows, and how to read the output of their tools. Begin here to read this folder. The engine asks
 * this registry and does not know single tools. Monitors, connections and evidence are in `electron/core/platforms/registry.ts`.
 */
import type { ExitFact } from '../incident/topics/runs-events.ts';
import type { Runbook } from '../runbook/model.ts';
import { type Explanation, explainBy, type Signature } from './error-signature.ts';
import { releaseLine } from './fly/deploy-progress.ts';
import { explainFailure } from './fly/errors.ts';
import { CURL_FAILURES } from './generic/curl-errors.ts';
import { GIT_FAILURES } from './generic/git-errors.ts';
import { IN_THE_WAY } from './generic/connection-errors.ts';
import { NPM_FAILURES } from './generic/npm-errors.ts';
import { explainDatabaseFailure } from './postgres/errors.ts';
import { SUPABASE_FAILURES } from './supabase/errors.ts';
import { wrongTarget } from './supabase/target.ts';

type Explain = (exit: ExitFact, stdout: string, stderr: string) => Explanation | null;

interface Platform {
  /** Names of its programs. */
  readonly tools: readonly string[];
  /** Explains a failure; null: it succeeded, or the cause is unknown. */
  readonly explain: Explain;
  /** A sentence when the output shows that the command worked on a target other than the runbook's. */
  readonly wrongTarget?: (runbook: Runbook, commandText: string, printed: string) => string | null;
  /** The part of the output of a change that a later step reads. */
  readonly neededLater?: (stdout: string) => string | null;
}

const by =
  (table: readonly Signature[]): Explain =>
  (exit, stdout, stderr) =>
    explainBy(table, exit, stdout, stderr);

const PLATFORMS: readonly Platform[] = [
  { tools: ['fly', 'flyctl'], explain: explainFailure, neededLater: releaseLine },
  { tools: ['psql', 'pg_dump', 'pg_restore'], explain: explainDatabaseFailure },
  { tools: ['supabase', 'supabase-go'], explain: by(SUPABASE_FAILURES), wrongTarget },
  { tools: ['curl'], explain: by(CURL_FAILURES) },
  { tools: ['git'], explain: by(GIT_FAILURES) },
  { tools: ['npm'], explain: by(NPM_FAILURES) },
];

const platformOf = (tool: string): Platform | undefined => PLATFORMS.find(({ tools }) => tools.includes(tool));

/** The program behind a path: `fly` for `/usr/bin/fly`, `C:\bin\fly.exe`, and `simulated:fly` in a drill. */
export const programOf = (binary: string): string => /([^/\\:]+?)(?:\.exe|\.cmd)?$/.exec(binary)?.[1] ?? '';

/** The shell's own error. A program that ends with 127 and prints nothing exists and was interrupted. */
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
 * Explains a command that failed, by the program that ran; of an unknown one, what stands between it and its server. For a script only the errors of the shell are recognized, because it
 * is unknown which of its programs failed. Null: it succeeded, or the cause is unknown.
 */
export function explainRun(binary: string, exit: ExitFact, stdout: string, stderr: string): Explanation | null {
  const tool = programOf(binary);
  const explain = platformOf(tool)?.explain ?? by(tool === 'bash' ? NOT_FOUND : [...NOT_FOUND, ...IN_THE_WAY]);
  return explain(exit, stdout, stderr);
}

/**
 * A sentence when the command worked on a target other than the runbook's, or null. Asks all platforms, because a script
 * can call several tools.
 */
export function ranOnWrongTarget(runbook: Runbook, commandText: string, printed: string): string | null {
  for (const platform of PLATFORMS) {
    const why = platform.wrongTarget?.(runbook, commandText, printed) ?? null;
    if (why !== null) return why;
  }
  return null;
}

/** The part of a change's output that a later step needs, kept in memory only; null: none. */
export function neededLater(stdout: string): string | null {
  for (const platform of PLATFORMS) {
    const part = platform.neededLater?.(stdout) ?? null;
    if (part !== null) return part;
  }
  return null;
}
