/** Finds a tool on the PATH that commands get, and asks for its version. */

import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

import { liesIn } from '../files/lies-in.ts';
import type { Clock, ToolLocator } from '../ports.ts';
import { type Environment, pathOf, searchPath } from './environment.ts';
import { runToEnd } from './run-to-end.ts';

/** Short enough for the readiness board and for a run that waits for it. */
const LIMIT_MS = 3_000;
/** More than any version, bytes. */
const ANSWER_MAX = 64 * 1024;
/** Version of a tool that did not say it, or not in time. */
export const UNKNOWN_VERSION = 'unknown';
/** Version of a program that is not asked. */
const NOT_ASKED = '';
/** flyctl v0.4.87 `internal/command/version`: one JSON object, no login and no network needed. */
const FLY_QUESTION = ['version', '--json'];
const USUAL =
  'supabase docker git npm npx node curl psql pg_dump pg_restore kubectl helm heroku jq aws gcloud terraform gh';
/**
 * Programs that are asked for their version, by name. Any other may be a script that ignores its arguments: asking for
 * its version would do its work before the intent is on record.
 */
const QUESTIONS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['fly', FLY_QUESTION],
  ['flyctl', FLY_QUESTION],
  ...USUAL.split(' ').map((tool) => [tool, ['--version']] as const),
]);

/** `environment`: the one commands get (environment.ts). A version is asked once for each file and change of it. */
export function toolLocator({
  clock,
  environment,
  versionLimitMs = LIMIT_MS,
}: {
  readonly clock: Clock;
  readonly environment: Environment;
  /** Limit for a version, ms. */
  readonly versionLimitMs?: number;
}): ToolLocator {
  const versions = new Map<string, Promise<string>>();
  return {
    async locate(tool) {
      const found = onPath(tool, environment);
      if (found === null) return null;
      const question = QUESTIONS.get(tool);
      if (question === undefined) return { path: found.path, version: NOT_ASKED };
      const key = `${found.path}\0${found.stats.mtimeMs}\0${found.stats.size}`;
      const asked = versions.get(key) ?? askVersion([found.path, ...question], clock, environment, versionLimitMs);
      versions.set(key, asked);
      const version = await asked;
      // Not cached: on a busy machine the next try may succeed.
      if (version === UNKNOWN_VERSION && versions.get(key) === asked) versions.delete(key);
      return { path: found.path, version };
    },
  };
}

/** The same, but programs in these folders (of the runbook, of its checkout) are not started to ask for their version. */
export function startingNothingIn(
  folders: () => readonly string[],
  tools: ToolLocator,
  environment: Environment,
): ToolLocator {
  return {
    async locate(tool) {
      const path = pathOfTool(tool, environment);
      if (path === null || !folders().some((folder) => liesIn(path, folder))) return await tools.locate(tool);
      return { path, version: NOT_ASKED };
    },
  };
}

/** Path of a tool, found without running anything; null when it is not on PATH. */
export const pathOfTool = (tool: string, environment: Environment): string | null =>
  onPath(tool, environment)?.path ?? null;

/**
 * Whether this is Windows' own `bash.exe`, which runs a command inside of Linux (WSL): with other programs, another login
 * and other paths. The bash of Git for Windows is in another folder.
 */
export const isWslBash = (path: string): boolean =>
  /\\(?:windows\\(?:system32|sysnative)|microsoft\\windowsapps)\\bash(?:\.exe)?$/i.test(path.replaceAll('/', '\\'));

function onPath(tool: string, environment: Environment): { readonly path: string; readonly stats: Stats } | null {
  if (isAbsolute(tool)) return executable(tool);
  if (tool === '' || /[/\\\0]/.test(tool)) return null;
  const endings = process.platform === 'win32' ? (environment.PATHEXT ?? '.EXE;.CMD;.BAT').split(';') : [''];
  for (const folder of searchPath(pathOf(environment))) {
    for (const ending of endings) {
      const path = join(folder, tool + ending);
      const found = process.platform === 'win32' && isWslBash(path) ? null : executable(path);
      if (found !== null) return found;
    }
  }
  return null;
}

function executable(path: string): { readonly path: string; readonly stats: Stats } | null {
  try {
    const stats = statSync(path);
    accessSync(path, constants.X_OK);
    return stats.isFile() ? { path, stats } : null;
  } catch {
    return null;
  }
}

/** A tool that does not print its version in time still counts as found. */
async function askVersion(
  argv: readonly [string, ...string[]],
  clock: Clock,
  environment: Environment,
  timeoutMs: number,
): Promise<string> {
  const request = { runId: 'version', argv, cwd: tmpdir(), env: environment, effect: 'read', timeoutMs } as const;
  try {
    const { exit, stdout, stderr } = await runToEnd(request, clock, ANSWER_MAX);
    if (exit.kind !== 'code' || exit.code !== 0) return UNKNOWN_VERSION;
    return versionIn(stdout.trim() === '' ? stderr : stdout);
  } catch {
    return UNKNOWN_VERSION;
  }
}

/** The version in what a program printed when it was asked for it. */
export function versionIn(answer: string): string {
  const json = /"Version"\s*:\s*"([^"]+)"/.exec(answer)?.[1];
  const number = /\d+\.\d+[\w.+-]*/.exec(answer)?.[0];
  return json ?? number ?? (answer.trim().split('\n')[0]?.slice(0, 80) || UNKNOWN_VERSION);
}
