/** Identifies a process: its start time and command line tell it from a later one with the same pid. */

import { readFileSync } from 'node:fs';

import { askSystem } from './system-program.ts';

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
