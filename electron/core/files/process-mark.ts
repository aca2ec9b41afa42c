/** A process in the name of what it made: so that another one can tell later whether it still needs it. */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { systemProbe, UNKNOWN } from '#core/store/process-probe.ts';

/** Host, pid and start time; what another machine made in a shared folder is not ours to judge. */
export const PROCESS_MARK = /[\da-f]{8}\.\d+\.\w+/;

const plain = (startTime: string): string => startTime.replaceAll(/\W/g, '');
const host = (): string => createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Mark of this process. */
export function processMark(): string {
  return `${host()}.${process.pid}.${plain(systemProbe.startTime(process.pid) ?? UNKNOWN)}`;
}

/** True only when it is certain that the process has ended. */
export function isOfTheDead(mark: string): boolean {
  const [where, pid, start] = mark.split('.');
  if (where !== host() || start === undefined) return false;
  const found = systemProbe.startTime(Number(pid));
  return found === null || (found !== UNKNOWN && start !== UNKNOWN && plain(found) !== start);
}
