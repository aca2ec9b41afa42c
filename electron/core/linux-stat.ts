/** What Linux says of a process in /proc. */
import { readFileSync } from 'node:fs';

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
