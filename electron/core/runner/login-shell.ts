/** A desktop app does not inherit what a terminal has (PATH above all): the login shell is asked once. */

import { randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';

import type { Clock } from '../ports.ts';
import { runToEnd } from './run-to-end.ts';

const LIMIT_MS = 3_000;
/** More than any environment (Linux allows 2 MB for it and the arguments), bytes. */
const ANSWER_MAX = 8 * 1024 * 1024;

export interface LoginEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly from: 'login-shell' | 'inherited';
  /** Why the shell's own could not be had; null when they were. Readiness shows it. */
  readonly problem: string | null;
}

export interface LoginShellOptions {
  readonly clock: Clock;
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Absolute path; the person's own by default. */
  readonly shell?: string;
  readonly limitMs?: number;
}

/** Never throws and never takes longer than the limit: without an answer the inherited variables are used. */
export async function loginEnvironment(options: LoginShellOptions): Promise<LoginEnvironment> {
  const inherited = Object.fromEntries(
    Object.entries(options.inherited).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const without = (problem: string | null): LoginEnvironment => ({ variables: inherited, from: 'inherited', problem });
  if (process.platform === 'win32') return without(null);
  try {
    const shell = options.shell ?? inherited.SHELL ?? userInfo().shell ?? '/bin/sh';
    const limitMs = options.limitMs ?? LIMIT_MS;
    const until = options.clock.monotonic() + limitMs;
    // Interactive first: many put PATH into the start-up file of interactive shells.
    for (const flags of ['-ilc', '-lc']) {
      const left = until - options.clock.monotonic();
      if (left <= 0) break;
      const variables = await asked(options.clock, shell, flags, inherited, left);
      if (variables === 'late') return without(`${shell} did not start within ${limitMs} ms`);
      if (variables === null) continue;
      const problem =
        flags === '-ilc' ? null : `the start-up file of ${shell} ended it, so only its login files were read`;
      return { variables, from: 'login-shell', problem };
    }
    return without(`${shell} did not print its variables`);
  } catch (thrown) {
    return without(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** What start-up files look at before they return early or hand over to a terminal multiplexer. */
const LIKE_A_TERMINAL = { TERM: 'xterm-256color', TMUX: 'rollbook', STY: 'rollbook', ZELLIJ: 'rollbook' };
const ONLY_FOR_ASKING = { ...LIKE_A_TERMINAL, DISABLE_AUTO_UPDATE: 'true' };

/** Null: it printed no variables. */
async function asked(
  clock: Clock,
  shell: string,
  flags: string,
  inherited: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<Record<string, string> | 'late' | null> {
  const mark = `rollbook-${randomUUID()}`;
  const { exit, stdout } = await runToEnd(
    {
      runId: 'login-shell',
      argv: [shell, flags, `printf '%s' '${mark}'; env -0; printf '%s' '${mark}'; exit 0`],
      cwd: homedir(),
      env: { ...ONLY_FOR_ASKING, ...inherited, DISABLE_AUTO_UPDATE: 'true' },
      effect: 'read',
      timeoutMs: limitMs,
    },
    clock,
    ANSWER_MAX,
  );
  const variables = variablesIn(stdout, mark);
  if (variables === null) return exit.kind === 'timeout' ? 'late' : null;
  for (const [name, value] of Object.entries(ONLY_FOR_ASKING))
    if (inherited[name] === undefined && variables[name] === value) delete variables[name];
  return variables;
}

/** Start-up files may print too; only the text between the marks counts. */
function variablesIn(output: string, mark: string): Record<string, string> | null {
  const [, between, after] = output.split(mark);
  if (between === undefined || after === undefined) return null;
  const variables: Record<string, string> = {};
  for (const entry of between.split('\0')) {
    const at = entry.indexOf('=');
    if (at > 0) variables[entry.slice(0, at)] = entry.slice(at + 1);
  }
  delete variables.ROLLBOOK_RUN;
  return variables.PATH === undefined ? null : variables;
}
