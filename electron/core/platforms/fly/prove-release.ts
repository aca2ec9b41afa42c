/** The post-condition of a deployed release: three good answers of the health address, then the machines (rule 4). */
import { type HealthAnswer, isHealthy } from '#shared/platforms/health.ts';
import { evaluateProof } from '#shared/platforms/fly/proof.ts';
import { runningImages, type FlyStatus } from '#shared/platforms/fly/status.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { isHeldByStop } from '#shared/incident/service-down.ts';
import type { Step } from '#shared/runbook/model.ts';
import { serviceHealth } from '#core/engine/health.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { declaredTarget } from '#core/engine/values.ts';
import { readStatus } from './read-releases.ts';
import { noteRollout } from './rollout-monitor.ts';

/** How long a service may take to become healthy after its deploy ended, ms, incident clock. */
const PATIENCE_MS = 60_000;

const NO_ADDRESS: HealthAnswer = { kind: 'no-answer', reason: 'the runbook declares no health address' };

/** Checks the machines and the health address. Codes: those of readStatus. */
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
  // `groups` were up when the release was chosen. Without a status from before, they are what must be up now.
  const prove = (after: FlyStatus, health: readonly HealthAnswer[]) =>
    evaluateProof({
      before: before ?? first,
      groupsBefore: groups,
      after,
      targetImage: { ref: choice.image },
      health,
    });
  // Wait for health only if the image is on the machines.
  const arrived = prove(first, []).findings.some(({ rule, met }) => rule === 'target-image' && met);
  const waits = arrived && !isHeldByStop(context.eventLog.state, service);
  const asked = await serviceHealth(context, service, isHealthy, { patienceMs: waits ? PATIENCE_MS : 0 });
  const health = asked.length === 0 ? [NO_ADDRESS] : asked;
  // Checks that failed right after the deploy may pass by now.
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
