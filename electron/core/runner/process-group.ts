/**
 * Signals to a whole process group, and the proof that it is gone: execa signals one process only. A process is known by its
 * start time and command line, which tell it from a later one with the same pid.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Clock } from '../ports.ts';
import { askSystem } from './system-program.ts';
import { signalTree, treeIsGone } from './windows-tree.ts';

/** On Windows a look starts a program. */
const POLL_MS = process.platform === 'win32' ? 500 : 20;
/** Time between SIGTERM and SIGKILL, ms. */
const GRACE_MS = 2_000;
/** How long a killed group may take to disappear, ms. */
export const KILL_PROOF_MS = 5_000;

/** Sends a signal to every process of the group; one that is gone already is no error. Windows: windows-tree.ts. */
export function signalGroup(pgid: number, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') return signalTree(pgid, signal);
  try {
    process.kill(-pgid, signal);
  } catch (thrown) {
    // EPERM: the remaining processes run as another user (sudo); groupIsGone still reports them.
    if (!isErrno(thrown, 'ESRCH') && !isErrno(thrown, 'EPERM')) throw thrown;
  }
}

/** True when no process of the group can do anything any more; zombies do not count. */
export function groupIsGone(pgid: number): boolean {
  if (process.platform === 'win32') return treeIsGone(pgid);
  try {
    process.kill(-pgid, 0);
  } catch (thrown) {
    return isErrno(thrown, 'ESRCH');
  }
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

/** The platform cannot tell; such a process is never taken for one of ours later. */
export const UNKNOWN_START = 'unknown';

/**
 * The kernel's start time of a living process, or null when there is none (a zombie is none).
 * Linux: clock ticks since boot and the boot's id; elsewhere what `ps -o lstart=` prints; Windows: `unknown`.
 */
export function startTimeOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = linuxStat(pid);
    return stat === null || stat.zombie ? null : `${stat.startTicks}@${bootId()}`;
  }
  if (process.platform === 'win32') return UNKNOWN_START;
  const [state, start] = [ps(pid, 'stat='), ps(pid, 'lstart=')];
  return state === '' || state.startsWith('Z') || start === '' ? null : start;
}

/** The arguments of a process joined by spaces; empty when it is gone or belongs to someone else. */
export function commandLineOf(pid: number): string {
  if (process.platform === 'win32') return '';
  if (process.platform !== 'linux') return ps(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

let boot: string | null = null;

function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return boot;
}

function ps(pid: number, column: string): string {
  return askSystem('ps', ['-o', column, '-p', String(pid)]).stdout.trim();
}

/** The fields of /proc/PID/stat that Rollbook uses. */
interface LinuxStat {
  readonly zombie: boolean;
  readonly pgid: number;
  readonly startTicks: string;
}

/**
 * Fields 3, 5 and 22 of /proc/PID/stat (proc(5)), null when there is no such process. The name in field 2 may itself hold
 * spaces and brackets. `startTicks`: clock ticks since boot.
 */
export function linuxStat(pid: number | string): LinuxStat | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', , pgid = ''] = fields;
  return { zombie: state === 'Z' || state === 'X', pgid: Number(pgid), startTicks: fields[19] ?? '' };
}
