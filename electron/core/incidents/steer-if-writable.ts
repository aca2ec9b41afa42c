import { incidentTime } from '#shared/incident/clocks.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { takesNothing } from '#core/event-log/storage-health.ts';
import type { OpenIncident } from './open-incident.ts';

/**
 * Takes the lease of an incident. When the store refuses writes, that is reported and not thrown: reads can still run, and
 * people's actions are kept. Codes: those of `steer`.
 */
export async function steerIfWritable(incident: OpenIncident): Promise<void> {
  const { storageHealth } = incident.context;
  const before = incident.steering;
  try {
    await incident.steer();
    // With the lease held before, the last write shows how the store is.
    if (!before) storageHealth.clear();
  } catch (thrown) {
    if (!takesNothing(thrown)) throw thrown;
    storageHealth.report(thrown);
    if (!incident.steering) noteEndedRuns(incident.context);
  }
}

/**
 * Finds the changes that ended under their keeper, so that they are not shown as running. Judging them waits for the
 * store.
 */
function noteEndedRuns({ eventLog, reattacher, storageHealth }: IncidentContext): void {
  const { runs, running } = eventLog.state;
  for (const runId of running) {
    const seen = storageHealth.ended.some((end) => end.runId === runId);
    if (seen || runs.get(runId)?.effect !== 'change' || reattacher.isGoing(runId)) continue;
    const found = reattacher.find({ runId });
    if (found.kind === 'running') found.process.leave();
    if (found.kind !== 'ended') continue;
    const at = found.endedAt === null ? eventLog.now() : Math.round(incidentTime(eventLog.state, found.endedAt));
    storageHealth.sawEnd({ runId, exit: found.exit, at });
  }
}
