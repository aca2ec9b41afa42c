/**
 * Removes what killed Rollbooks left behind: keepers of runs whose end is on the timeline, working folders, temporary
 * folders, partly unpacked bundles, partly made copies of the store, simulated clouds of ended drills. Whatever a
 * running Rollbook or command uses stays.
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
    // A run that no event tells of was purged, or its store is gone.
    if (told.get(runId) !== 'begun' && !reattacher.isGoing(runId)) reattacher.acknowledge(runId);
  }
  const isQuiet = (): boolean => !reattacher.unacknowledged().some((runId) => reattacher.isGoing(runId));
  await sweepWork(join(store.folder, 'work'), isQuiet);
  sweepTemporary();
  sweepTemporary(incomingPath(store.folder));
  sweepHalfCopies(store.folder);
  await clouds.sweep();
}
