/** Going on with an incident of a store that may take nothing now: reads then run, and what people do is kept. */
import { incidentTime } from '#shared/incident/drill-time.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { takesNothing } from '#core/event-log/storage-health.ts';
import type { OpenIncident } from './open-incident.ts';

/** As `steer`; that the store takes nothing is told, and is no error. Codes: those of `steer`. */
export async function steerIfWritable(incident: OpenIncident): Promise<void> {
  const { storageHealth } = incident.context;
  const before = incident.steering;
  try {
    await incident.steer();
    // Who steered already knows better what is taken.
    if (!before) storageHealth.clear();
  } catch (thrown) {
    if (!takesNothing(thrown)) throw thrown;
    storageHealth.report(thrown);
    if (!incident.steering) noteEndedRuns(incident.context);
  }
}

/** A change that ended under its keeper is not left looking as if it ran. What follows from it waits for the store. */
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
