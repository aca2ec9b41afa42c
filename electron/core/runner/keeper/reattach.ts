/** Finds changing commands whose app died: asked at every start for each run without a result. */

import { RollbookError } from '#shared/api/result.ts';

import type { Clock, Exit, RunningProcess } from '../../ports.ts';
import { type HeldOutput, takeHeld } from './held-output.ts';
import { runnerName } from './keeper.ts';
import { attachKept } from '../process-spawner.ts';
import { dismissKeeper, endedAt, exitInFolder, keptRuns, madeAt, pidInFolder, wasKilled } from './run-folder.ts';
import { endGroup, groupIsGone, commandLineOf, startTimeOf, UNKNOWN_START } from '../process-group.ts';

export type Found =
  | { readonly kind: 'running'; readonly process: RunningProcess }
  /** `endedAt`: ms since the epoch; null when that was not noted. */
  | { readonly kind: 'ended'; readonly exit: Exit; readonly endedAt: number | null }
  /** Gone, and its exit was not seen: the machine went down, or somebody killed the whole group. */
  | { readonly kind: 'lost' };

export interface WantedRun {
  readonly runId: string;
  /** As stored with `run.started`; absent when the app died before it could store them. */
  readonly pid?: number;
  readonly startTime?: string;
}

export interface Reattacher {
  find(wanted: WantedRun): Found;
  /** Everything that an ended run printed, from its keeper; null when it was not held, or taken before. */
  held(runId: string): Promise<HeldOutput | null>;
  /** Forgets a run whose result is stored. Throws `conflict` while the run is going. Doing it twice is not an error. */
  acknowledge(runId: string): void;
  /** Whether the run's process group exists, or may still be about to start. */
  isGoing(runId: string): boolean;
  /** Ends a reading that outlived its app, when it really is that one still. */
  endReading(reading: Required<WantedRun>): Promise<void>;
  /** Ids of runs that were not acknowledged yet. */
  unacknowledged(): readonly string[];
}

/** A run whose folder is older, and that has no pid yet, will never have one, ms. */
const BEGINS_WITHIN_MS = 60_000;

export function reattacher({
  clock,
  keeperFolder,
}: {
  readonly clock: Clock;
  readonly keeperFolder: string;
}): Reattacher {
  const find = (wanted: WantedRun): Found => {
    const { runId } = wanted;
    const alive = livingRunner(keeperFolder, wanted);
    // Asked after the process list: a runner that ended in between has written its code by then.
    const exit = exitInFolder(keeperFolder, runId);
    if (exit !== null) return { kind: 'ended', exit, endedAt: endedAt(keeperFolder, runId) };
    if (alive !== null)
      return { kind: 'running', process: attachKept({ clock, keeperFolder, runId }, alive.pid, alive.startTime) };
    return wasKilled(keeperFolder, runId)
      ? { kind: 'ended', exit: { kind: 'signal', signal: 'SIGKILL' }, endedAt: endedAt(keeperFolder, runId) }
      : { kind: 'lost' };
  };
  return {
    find,
    held: (runId) => takeHeld(keeperFolder, runId, clock),
    acknowledge(runId) {
      if (exitInFolder(keeperFolder, runId) === null && livingRunner(keeperFolder, { runId }) !== null) {
        throw new RollbookError('conflict', `Run ${runId} is still going.`, 'Wait for its end or stop it first.');
      }
      dismissKeeper(keeperFolder, runId);
    },
    isGoing(runId) {
      if (exitInFolder(keeperFolder, runId) !== null) return false;
      if (livingRunner(keeperFolder, { runId }) !== null) return true;
      // A run that was killed before it wrote its pid will not start any more.
      const mayBegin = pidInFolder(keeperFolder, runId) === null && !wasKilled(keeperFolder, runId);
      return mayBegin && clock.now() - madeAt(keeperFolder, runId) < BEGINS_WITHIN_MS;
    },
    async endReading({ pid, startTime }) {
      if (startTime === UNKNOWN_START || startTimeOf(pid) !== startTime) return;
      await endGroup(pid, clock);
    },
    unacknowledged: () => keptRuns(keeperFolder),
  };
}

/** The run's process group, if it is still there and really is the run's. */
function livingRunner(
  keeperFolder: string,
  { runId, pid: storedPid, startTime }: WantedRun,
): { readonly pid: number; readonly startTime: string } | null {
  const pid = storedPid ?? pidInFolder(keeperFolder, runId);
  if (pid === null || !keptRuns(keeperFolder).includes(runId)) return null;
  const now = startTimeOf(pid);
  // The leader is gone but others of its group may live; the kernel gives no new process that number meanwhile.
  if (now === null) return groupIsGone(pid) ? null : { pid, startTime: startTime ?? UNKNOWN_START };
  if (startTime !== undefined && startTime !== UNKNOWN_START) return now === startTime ? { pid, startTime } : null;
  return commandLineOf(pid).includes(runnerName(runId)) ? { pid, startTime: now } : null;
}
