/**
 * Stopping on autopilot. A clock never ends a change (rule 5), so the autopilot acts as the person: it waits much
 * longer than the usual time, interrupts, and kills a minute after that.
 */
import { activeRun } from '#shared/incident/state.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { stopStanding } from '#shared/incident/running-command.ts';
import { toFailure } from '#shared/api/result.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';

/** This many times the usual time of the command. */
const TIMES_USUAL = 10;
/** Usual time where the runbook has none, in drill ms. */
const USUAL_MS = 90_000;
/** Drill ms between two looks. */
const LOOK_EVERY_MS = 15_000;

/** Resolves when nothing is under way any more; what hangs has been stopped by `act`. */
export async function settledInTime(incident: OpenIncident, act: (intent: Intent) => Promise<unknown>): Promise<void> {
  const settled = new AbortController();
  const stopping = stopWhatHangs(incident, act, settled.signal);
  await incident.settled();
  settled.abort();
  await stopping;
}

async function stopWhatHangs(
  incident: OpenIncident,
  act: (intent: Intent) => Promise<unknown>,
  settled: AbortSignal,
): Promise<void> {
  const { eventLog, adapter } = incident.context;
  while (!settled.aborted) {
    await adapter.clock.sleep(LOOK_EVERY_MS, settled);
    const run = activeRun(eventLog.state, 'change');
    if (settled.aborted || run === null) continue;
    const now = adapter.clock.now();
    const standing = stopStanding(run, now).kind;
    const overdue = now - run.intendedAt >= (run.usualMs ?? USUAL_MS) * TIMES_USUAL;
    const how = standing === 'may-kill' ? 'kill' : standing === 'may-interrupt' && overdue ? 'interrupt' : null;
    if (how === null) continue;
    // It may have just ended, or another event came first: the next look tells.
    await act({ kind: 'stop-run', runId: run.runId, how }).catch((thrown: unknown) => {
      if (!['conflict', 'not-allowed'].includes(toFailure(thrown).code)) throw thrown;
    });
  }
}
