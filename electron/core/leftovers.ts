/**
 * What earlier Rollbooks left behind when they were killed, removed at a start: keepers that wait for an acknowledgement of
 * a run whose end is on the timeline, working folders, folders in the temporary one, bundles half unpacked, copies of the
 * store half made, simulated clouds of drills that are over. What a
 * living Rollbook uses, or a command that still runs, stays.
 */
import { join } from 'node:path';
import type { SimulatedClouds } from './drills/simulated-clouds.ts';
import { sweepTemporary } from './files/temporary-folder.ts';
import { incomingPath } from './handover/handovers.ts';
import type { Reattacher } from './runner/keeper/reattach.ts';
import { sweepWork } from './runner/working-folders.ts';
import { sweepHalfCopies } from './store/purge.ts';
import type { Store } from './store/store.ts';

interface Leftovers {
  readonly store: Pick<Store, 'folder' | 'runsTold'>;
  readonly reattacher: Pick<Reattacher, 'unacknowledged' | 'isGoing' | 'acknowledge'>;
  readonly clouds: SimulatedClouds;
}

/** Codes: those of the store. */
export async function sweepLeftovers({ store, reattacher, clouds }: Leftovers): Promise<void> {
  const runs = reattacher.unacknowledged();
  const told = store.runsTold(runs);
  for (const runId of runs) {
    // One that no event tells of was purged, or belongs to a store that is not here any more.
    if (told.get(runId) !== 'begun' && !reattacher.isGoing(runId)) reattacher.acknowledge(runId);
  }
  const isQuiet = (): boolean => !reattacher.unacknowledged().some((runId) => reattacher.isGoing(runId));
  await sweepWork(join(store.folder, 'work'), isQuiet);
  sweepTemporary();
  sweepTemporary(incomingPath(store.folder));
  sweepHalfCopies(store.folder);
  await clouds.sweep();
}
