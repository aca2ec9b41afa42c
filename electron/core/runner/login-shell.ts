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
    const mark = `rollbook-${randomUUID()}`;
    const limitMs = options.limitMs ?? LIMIT_MS;
    const { exit, stdout } = await runToEnd(
      {
        runId: 'login-shell',
        argv: [shell, '-ilc', `printf '%s' '${mark}'; env -0; printf '%s' '${mark}'; exit 0`],
        cwd: homedir(),
        env: { ...inherited, DISABLE_AUTO_UPDATE: 'true' },
        effect: 'read',
        timeoutMs: limitMs,
      },
      options.clock,
      ANSWER_MAX,
    );
    const variables = variablesIn(stdout, mark);
    if (variables !== null) return { variables, from: 'login-shell', problem: null };
    return without(
      exit.kind === 'timeout' ? `${shell} did not start within ${limitMs} ms` : `${shell} did not print its variables`,
    );
  } catch (thrown) {
    return without(thrown instanceof Error ? thrown.message : String(thrown));
  }
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
  delete variables.DISABLE_AUTO_UPDATE;
  return variables.PATH === undefined ? null : variables;
}
