/** A small program of the system itself (ps, mkfifo, taskkill), asked where nothing else can be done until it has answered. */

import { spawnSync } from 'node:child_process';

/** Ends it, and the wait for whatever holds its output open, ms. */
const LIMIT_MS = 3_000;

export interface SystemAnswer {
  /** null: it could not be started, or did not end within three seconds. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Found on the PATH of this process. Its words are English and its times UTC. Never throws. */
export function askSystem(program: string, args: readonly string[]): SystemAnswer {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
    windowsHide: true,
  });
  return { code: status, stdout: stdout ?? '', stderr: stderr || (error?.message ?? '') };
}
