/**
 * A desktop app does not inherit what a terminal has (PATH above all): the login shell is asked. Start-up files hang,
 * stop at their first failure, or hand over to another shell, so it is asked in several ways.
 */

import { randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';

import type { Clock } from '../ports.ts';
import { runToEnd } from './run-to-end.ts';

/** For each way, ms. Version managers of a slow machine take several seconds. */
const LIMIT_MS = 10_000;
/** More than any environment (Linux allows 2 MB for it and the arguments), bytes. */
const ANSWER_MAX = 8 * 1024 * 1024;
/** What start-up files look at before they return early, or hand over to a terminal multiplexer. */
const LIKE_A_TERMINAL = { TERM: 'xterm-256color', TMUX: 'rollbook', STY: 'rollbook', ZELLIJ: 'rollbook' };
const ONLY_FOR_ASKING: Readonly<Record<string, string>> = { ...LIKE_A_TERMINAL, DISABLE_AUTO_UPDATE: 'true' };

interface Way {
  readonly flags: string;
  /** The question is its standard input too: a shell that start-up files `exec` knows no arguments, but reads that. */
  readonly fed: boolean;
  /** What an answer lacks. */
  readonly lacks: string | null;
  /** Whether it is worth a try after a way that took too long. */
  readonly afterTimeout: boolean;
}

const INTERACTIVE = 'start-up files of interactive shells (.bashrc, .zshrc)';

/** One after the other, until one is answered. */
const WAYS: readonly Way[] = [
  { flags: '-ilc', fed: false, lacks: null, afterTimeout: false },
  { flags: '-ilc', fed: true, lacks: null, afterTimeout: false },
  { flags: '-lc', fed: false, lacks: INTERACTIVE, afterTimeout: true },
  // csh and tcsh take no -l here.
  { flags: '-c', fed: false, lacks: `${INTERACTIVE} and of logins (.profile)`, afterTimeout: false },
];

export interface LoginEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly from: 'login-shell' | 'inherited';
  /** Why the shell's own could not be had, or what they lack; null when they are whole. Readiness and home show it. */
  readonly problem: string | null;
}

export interface LoginShellOptions {
  readonly clock: Clock;
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Absolute path; the person's own by default. */
  readonly shell?: string;
  /** For each way, ms. */
  readonly limitMs?: number;
}

/** Absolute path of the person's shell. */
export const loginShell = (inherited: Readonly<Record<string, string | undefined>>): string =>
  inherited['SHELL'] ?? userInfo().shell ?? '/bin/sh';

/** Never throws: without an answer the inherited variables are used. */
export async function loginEnvironment(options: LoginShellOptions): Promise<LoginEnvironment> {
  const inherited = Object.fromEntries(
    Object.entries(options.inherited).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const without = (problem: string | null): LoginEnvironment => ({ variables: inherited, from: 'inherited', problem });
  if (process.platform === 'win32') return without(null);
  const shell = options.shell ?? loginShell(inherited);
  const failures: string[] = [];
  let late = false;
  try {
    for (const way of WAYS) {
      if (late && !way.afterTimeout) continue;
      const answer = await ask(shell, way, inherited, options);
      if ('variables' in answer) {
        const problem = way.lacks === null ? null : `${failures[0] ?? ''}; only asked without ${way.lacks} it answered`;
        return { variables: answer.variables, from: 'login-shell', problem };
      }
      failures.push(answer.why);
      late ||= answer.late;
    }
    return without(failures[0] ?? '');
  } catch (thrown) {
    return without(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

type Answer = { readonly variables: Record<string, string> } | { readonly why: string; readonly late: boolean };

async function ask(
  shell: string,
  { flags, fed }: Way,
  inherited: Readonly<Record<string, string>>,
  { clock, limitMs = LIMIT_MS }: LoginShellOptions,
): Promise<Answer> {
  const mark = `rollbook-${randomUUID()}`;
  // In the words that sh, fish and csh share. An `env` without -0 fails before it prints anything.
  const question = `printf '%s' '${mark}'; /usr/bin/env -0 || /usr/bin/env; printf '%s' '${mark}'; exit 0`;
  const { exit, stdout } = await runToEnd(
    {
      runId: 'login-shell',
      argv: [shell, flags, question],
      cwd: homedir(),
      env: { ...ONLY_FOR_ASKING, ...inherited, DISABLE_AUTO_UPDATE: 'true' },
      effect: 'read',
      timeoutMs: limitMs,
      ...(fed ? { input: `${question}\n` } : {}),
    },
    clock,
    ANSWER_MAX,
  );
  const variables = variablesIn(stdout, mark, inherited);
  if (variables !== null) return { variables };
  return exit.kind === 'timeout'
    ? { why: `${shell} ${flags} did not start within ${limitMs / 1_000} s`, late: true }
    : { why: `${shell} ${flags} did not print its variables`, late: false };
}

/** Start-up files may print too; only the text between the marks counts. */
function variablesIn(
  output: string,
  mark: string,
  inherited: Readonly<Record<string, string>>,
): Record<string, string> | null {
  const [, between, after] = output.split(mark);
  if (between === undefined || after === undefined) return null;
  const variables = between.includes('\0') ? ofEntries(between.split('\0')) : ofEntries(entriesOfLines(between));
  delete variables['ROLLBOOK_RUN'];
  for (const [name, value] of Object.entries(ONLY_FOR_ASKING))
    if (inherited[name] === undefined && variables[name] === value) delete variables[name];
  return variables['PATH'] === undefined ? null : variables;
}

function ofEntries(entries: readonly string[]): Record<string, string> {
  const pairs = entries.map((entry) => [entry, entry.indexOf('=')] as const).filter(([, at]) => at > 0);
  return Object.fromEntries(pairs.map(([entry, at]) => [entry.slice(0, at), entry.slice(at + 1)]));
}

/** A value of several lines looks like several variables where its lines have the form of one: nothing can tell. */
function entriesOfLines(text: string): readonly string[] {
  const entries: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const last = entries.length - 1;
    if (/^[A-Za-z_][\w%()]*=/.test(line) || last < 0) entries.push(line);
    else entries[last] += `\n${line}`;
  }
  return entries;
}
