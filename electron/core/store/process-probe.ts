/** Is that process still the one that was meant? A pid alone is reused; pid and start time are not. */
import { askSystem } from '#core/runner/system-program.ts';
import { linuxStat } from '../runner/process-group.ts';

/** The process exists, but its start time cannot be read. */
export const UNKNOWN = 'unknown';

export interface ProcessProbe {
  /** The kernel's start time as the platform prints it; null when there is no such process (or only its zombie). */
  readonly startTime: (pid: number) => string | null;
}

export const systemProbe: ProcessProbe = {
  startTime(pid) {
    if (process.platform === 'linux') return fromProc(pid);
    if (process.platform === 'win32') return exists(pid) ? UNKNOWN : null;
    return fromPs(pid);
  },
};

function fromProc(pid: number): string | null {
  const stat = linuxStat(pid);
  return stat === null || stat.zombie || stat.startTicks === '' ? null : stat.startTicks;
}

function fromPs(pid: number): string | null {
  // `ps` exits 1 and prints nothing when there is no such process.
  const { code, stdout } = askSystem('ps', ['-o', 'lstart=', '-p', String(pid)]);
  if (code === 0 && stdout.trim() !== '') return stdout.trim();
  return code === 1 || !exists(pid) ? null : UNKNOWN;
}

/** Windows prints no start time without a slow query: a reused pid then counts as alive, and a person takes over. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** False only when it is certain that the process that started then is gone. */
export function mayLive(probe: ProcessProbe, pid: number, startTime: string): boolean {
  const found = probe.startTime(pid);
  return found !== null && (found === startTime || found === UNKNOWN || startTime === UNKNOWN);
}
