/** Probes the symptom from the declaration until the incident is resolved. It only reads, and nothing waits for it. */
import type { CallArgs } from '#shared/api/calls.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { isHealthy } from '#shared/platforms/health.ts';
import { checkOf, probedAddress, probeProblem } from '#shared/incident/symptom-probe.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { askHealth, describeAnswer } from '#core/engine/health.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { LeaseLost, whileHeld } from '#core/event-log/lease-scope.ts';
import { SampleLog } from '#core/event-log/sample-log.ts';

const PROBE_EVERY_MS = 15_000;
const PROBE_LIMIT_MS = 5_000;
/** Incident clock. Seldom, because hours of the same answer must not fill the timeline. */
const WRITE_EVERY_MS = 5 * 60_000;

/**
 * Runs until the incident is resolved or this process releases it. `left` is aborted before the lease ends, in time to write
 * the last samples. All answers are recorded, in the batches of SampleLog.
 */
export async function probeSymptom(context: IncidentContext, left: AbortSignal): Promise<void> {
  const { eventLog, letGo } = context;
  const url = probedAddress(eventLog.state);
  const isOver = (): boolean => eventLog.state.resolvedAt !== null || eventLog.state.handedOver !== null;
  if (url === null || isOver()) return;
  const over = new AbortController();
  const unfollow = eventLog.follow(() => {
    if (isOver()) over.abort();
  });
  try {
    await probeUntil(context, url, AbortSignal.any([letGo, left, over.signal]));
  } catch (thrown) {
    if (!(thrown instanceof LeaseLost)) throw thrown;
  } finally {
    unfollow();
  }
}

async function probeUntil(context: IncidentContext, url: string, ended: AbortSignal): Promise<void> {
  const { eventLog, letGo } = context;
  const { clock, http } = context.adapter;
  const check = checkOf(context.runbook, url);
  const log = new SampleLog(context, { purpose: 'symptom', target: url }, WRITE_EVERY_MS);
  try {
    while (!ended.aborted) {
      const answer = await whileHeld(ended, askHealth(http, [check], PROBE_LIMIT_MS));
      if (ended.aborted) return;
      const ms = Math.round(answer.ms);
      await log.add({ at: Math.round(clock.now()), ok: isHealthy(answer), ms, detail: describeAnswer(answer) });
      await clock.sleep(PROBE_EVERY_MS, ended);
    }
  } finally {
    // The report shows the last sample as "after". A copy that was handed over accepts no more events.
    while (!letGo.aborted && eventLog.state.handedOver === null && !(await log.flush())) {
      await clock.sleep(PROBE_EVERY_MS, letGo);
    }
  }
}

/**
 * The symptom probe for the declaration; empty: none was chosen. Code: `bad-arguments` (neither declared nor https, or it
 * contains a secret).
 */
export function chosenProbe(
  model: Runbook,
  { service, probe = '' }: CallArgs<'incident.declare'>,
  redact: (text: string) => string,
): Pick<PayloadOf<'incident.declared'>, 'symptomProbe'> {
  const problem = probeProblem(model, service, probe);
  if (problem !== null) {
    throw new RollbookError('bad-arguments', problem, 'Give a health address of the runbook, or an https address.');
  }
  if (redact(probe) !== probe) {
    const advice = 'Give an address without it: the address is written down.';
    throw new RollbookError('bad-arguments', 'The symptom probe contains a secret.', advice);
  }
  return probe === '' ? {} : { symptomProbe: { kind: 'address', url: probe } };
}
