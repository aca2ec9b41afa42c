/** Runs an installed binary to print its help or version: in an empty folder, with no login, no network and a time limit. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import type { Clock } from '#core/ports.ts';
import { type Environment, pathOf } from '#core/runner/environment.ts';
import { runToEnd } from '#core/runner/run-to-end.ts';

export interface Answer {
  /** Both streams, stdout first. */
  readonly text: string;
  /** null: stopped by the time limit or a signal. */
  readonly code: number | null;
}

export interface Asker {
  /** Never rejects. Tries once more after a timeout; a program that cannot be started gives code null and no text. */
  ask(path: string, args: readonly string[]): Promise<Answer>;
  /** Removes the folder. */
  close(): Promise<void>;
}

const LIMIT_MS = 5_000;
/** Longer than any help text. */
const TEXT_MAX = 256 * 1024;
/** Nothing listens there, so that network access fails at once. */
const NOWHERE = 'http://127.0.0.1:9';

/** Passes on only the parts of `environment` that a program needs to start: PATH, locale, and system variables on Windows. */
export async function helpAsker(clock: Clock, environment: Environment): Promise<Asker> {
  const folder = temporaryFolder('help');
  const home = join(folder, 'home');
  const work = join(folder, 'work');
  await Promise.all([mkdir(home, { mode: 0o700 }), mkdir(work, { mode: 0o700 })]);
  const env = {
    ...Object.fromEntries(
      Object.entries(environment).filter(([name]) => /^(?:LANG|LC_\w+|SystemRoot|windir|PATHEXT|TERM)$/i.test(name)),
    ),
    PATH: pathOf(environment),
    HOME: home,
    USERPROFILE: home,
    FLY_CONFIG_DIR: join(home, 'fly'),
    FLY_NO_UPDATE_CHECK: '1',
    FLY_SEND_METRICS: '0',
    FLY_NO_INCIDENTS_CHECK: '1',
    SUPABASE_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    NO_UPDATE_NOTIFIER: '1',
    NO_COLOR: '1',
    PAGER: 'cat',
    HTTPS_PROXY: NOWHERE,
    HTTP_PROXY: NOWHERE,
    NO_PROXY: '',
  };
  const once = async (path: string, args: readonly string[]): Promise<Answer & { readonly late: boolean }> => {
    const request = {
      runId: 'help',
      argv: [path, ...args],
      cwd: work,
      env,
      effect: 'read',
      timeoutMs: LIMIT_MS,
    } as const;
    try {
      const { exit, stdout, stderr } = await runToEnd(request, clock, TEXT_MAX);
      const text = `${stdout}\n${stderr}`;
      return { text, code: exit.kind === 'code' ? exit.code : null, late: exit.kind === 'timeout' };
    } catch {
      return { text: '', code: null, late: false };
    }
  };
  return {
    async ask(path, args) {
      const first = await once(path, args);
      return first.late ? await once(path, args) : first;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
