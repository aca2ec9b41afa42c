/** The post-condition of a deployed release: three good answers of the health address, then the machines (rule 4). */
import { serviceOf } from '#shared/runbook/practice-service.ts';
import { evaluateProof, HEALTH_INTERVAL_MS, HEALTHY_ANSWERS_NEEDED } from '#shared/platforms/fly/proof.ts';
import { type FlyStatus, runningImages } from '#shared/platforms/fly/status.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { isHeldByStop } from '#shared/incident/service-down.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { ProbeAnswer } from '#core/ports.ts';
import { readStatus } from './releases.ts';
import { noteRollout } from './rollout-monitor.ts';
import { ROLLBOOK, type IncidentContext } from '../../engine/incident-context.ts';
import { declaredTarget } from '../../engine/values.ts';

/** How long a service may take to answer well after its deploy ended, ms of the incident's clock. */
const PATIENCE_MS = 60_000;
const PROBE_LIMIT_MS = 10_000;

/** Codes: those of readStatus when the machines cannot be read. */
export async function proveRelease(
  context: IncidentContext,
  step: Step,
  before: FlyStatus | null,
  { service, choice, groups } = declaredTarget(context.eventLog.state),
): Promise<PayloadOf<'proof.evaluated'>> {
  const first = await readStatus(context, step, ROLLBOOK, service);
  const ran = [...(before ? runningImages(before) : choice === null ? [] : [choice.from])];
  if (choice === null) {
    const finding = {
      rule: 'target-image',
      met: false,
      detail: 'No release was chosen, so there is nothing to compare with.',
    };
    return { stepId: step.id, met: false, before: ran, after: [...runningImages(first)], findings: [finding] };
  }
  // Without a reading from before, the groups that were up at the pick have to be up; the machines of now never suffice.
  const prove = (after: FlyStatus, health: readonly ProbeAnswer[]) =>
    evaluateProof({
      before: before ?? first,
      groupsBefore: groups,
      after,
      targetImage: { ref: choice.image },
      health,
    });
  // Waiting for health makes sense only where the image has arrived.
  const arrived = prove(first, []).findings.some(({ rule, met }) => rule === 'target-image' && met);
  const waits = arrived && !isHeldByStop(context.eventLog.state, service);
  const health = await askHealth(context, healthAddress(context, service), waits ? PATIENCE_MS : 0);
  // Rollbook is ending: answers that were not waited for prove nothing, neither good nor bad.
  context.letGo.throwIfAborted();
  // A check may pass by now that did not when the deploy had just ended.
  const after = arrived ? await readStatus(context, step, ROLLBOOK, service) : first;
  const proof = prove(after, health);
  await noteRollout(context, { service, choice, groups }, after);
  return {
    stepId: step.id,
    met: proof.met,
    before: ran,
    after: [...runningImages(after)],
    findings: [...proof.findings],
  };
}

/** Asks until enough answers in a row are good or patience (ms) ends; the last answers are what counts. */
async function askHealth(
  context: IncidentContext,
  url: string | null,
  patience: number,
): Promise<readonly ProbeAnswer[]> {
  if (url === null) return [{ kind: 'no-answer', reason: 'the runbook declares no health address', ms: 0 }];
  const { clock, http } = context.adapter;
  const until = clock.now() + patience;
  const answers: ProbeAnswer[] = [];
  let good = 0;
  do {
    if (answers.length > 0) await clock.sleep(HEALTH_INTERVAL_MS, context.letGo);
    const answer = await http.get(url, PROBE_LIMIT_MS);
    answers.push(answer);
    good = isHealthy(answer) ? good + 1 : 0;
  } while (good < HEALTHY_ANSWERS_NEEDED && (clock.now() < until || good > 0) && !context.letGo.aborted);
  return answers;
}

export const isHealthy = (answer: ProbeAnswer): boolean => answer.kind === 'answer' && answer.status === 200;

export const describeAnswer = (answer: ProbeAnswer): string =>
  answer.kind === 'answer' ? `HTTP ${answer.status} in ${Math.round(answer.ms)} ms` : `no answer: ${answer.reason}`;

export const healthAddress = (
  context: IncidentContext,
  service = context.eventLog.state.declared.service,
): string | null => serviceOf(context.runbook, service)?.health ?? null;
