/** Signals to a whole process group, and the proof that it is gone. execa signals one process only. */

import { readdirSync } from 'node:fs';

import type { Clock } from '../ports.ts';
import { linuxStat } from './process-identity.ts';
import { askSystem } from './system-program.ts';

const POLL_MS = 20;
/** Time between SIGTERM and SIGKILL, ms. */
const GRACE_MS = 2_000;
/** How long a killed group may take to disappear, ms. */
export const KILL_PROOF_MS = 5_000;

/**
 * Sends a signal to every process of the group; one that is gone already is no error.
 * Windows has no groups and no SIGINT for them: every signal ends the process tree by `taskkill /T /F`.
 */
export function signalGroup(pgid: number, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    askSystem('taskkill', ['/T', '/F', '/PID', String(pgid)]);
    return;
  }
  try {
    process.kill(-pgid, signal);
  } catch (thrown) {
    // EPERM: the remaining processes run as another user (sudo); groupIsGone still reports them.
    if (!isErrno(thrown, 'ESRCH') && !isErrno(thrown, 'EPERM')) throw thrown;
  }
}

/** True when no process of the group can do anything any more; zombies do not count. */
export function groupIsGone(pgid: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? pgid : -pgid, 0);
  } catch (thrown) {
    return isErrno(thrown, 'ESRCH');
  }
  if (process.platform === 'win32') return false;
  return process.platform === 'linux' ? onlyZombiesOnLinux(pgid) : onlyZombiesByPs(pgid);
}

/** Waits until the group is gone; false when it is still there after `ms`. */
export async function provenGone(pgid: number, clock: Clock, ms: number): Promise<boolean> {
  const end = clock.monotonic() + ms;
  while (!groupIsGone(pgid)) {
    if (clock.monotonic() >= end) return false;
    await clock.sleep(POLL_MS);
  }
  return true;
}

/** Asks it to end, and kills it two seconds later. Resolves true when it is proven gone. For what only reads. */
export async function endGroup(pgid: number, clock: Clock): Promise<boolean> {
  signalGroup(pgid, 'SIGTERM');
  if (await provenGone(pgid, clock, GRACE_MS)) return true;
  signalGroup(pgid, 'SIGKILL');
  return await provenGone(pgid, clock, KILL_PROOF_MS);
}

function onlyZombiesOnLinux(pgid: number): boolean {
  const leader = linuxStat(pgid);
  if (leader !== null && !leader.zombie && leader.pgid === pgid) return false;
  return !readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    const stat = linuxStat(name);
    return stat !== null && stat.pgid === pgid && !stat.zombie;
  });
}

function onlyZombiesByPs(pgid: number): boolean {
  const { stdout } = askSystem('ps', ['-A', '-o', 'pgid=,stat=']);
  return !stdout.split('\n').some((line) => {
    const [group, state = ''] = line.trim().split(/\s+/);
    return Number(group) === pgid && !state.startsWith('Z');
  });
}

function isErrno(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
