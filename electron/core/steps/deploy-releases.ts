/** Several services: deployed and judged one by one, so that a failure leaves the rest runnable. */
import { RollbookError, toFailure } from '#shared/contract/result.ts';
import { verified, withoutChange } from '#shared/incident/contract.ts';
import type { Draft, PayloadOf } from '#shared/incident/event.ts';
import { type Proven, postCondition } from '#shared/incident/post-condition.ts';
import { stepState } from '#shared/incident/state.ts';
import {
  begun,
  serviceCommandId,
  serviceOfRun,
  serviceState,
  servicesOf,
  systemOutcome,
  undeployed,
} from '#shared/incident/system.ts';
import type { FlyStatus } from '#shared/platforms/fly/status.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK, refuse } from '#core/engine/incident-context.ts';
import { type EndedRun, evaluateContract, proven as provenBy, rulesOfService, verdict } from '#core/engine/judge.ts';
import { endedRun, runCommand } from '#core/engine/run-command.ts';
import { serviceTarget } from '#core/engine/values.ts';
import { proveRelease } from '#core/platforms/fly/proof.ts';
import { changesSince, deployArguments, mustBeUnchanged } from '#core/platforms/fly/releases.ts';
import type { StepEffects } from './step-effects.ts';

export const deployReleases: StepEffects = {
  gates: {
    run: () => {
      throw refuse('This step is about several services.', 'Say which to deploy.');
    },
  },
  judge: judgeService,
  proveAgain: proveServices,
};

/** One after the other, or all at once where the step says so. What goes wrong with one is that one's outcome. */
export async function deployServices(
  context: IncidentContext,
  step: Step,
  command: Command,
  services: readonly string[],
  actor: string,
): Promise<void> {
  const deploy = (service: string): Promise<void> => deployService(context, step, command, service, actor);
  if (step.parallel === true) await Promise.all(services.map(deploy));
  else for (const service of services) await deploy(service);
}

async function deployService(
  context: IncidentContext,
  step: Step,
  command: Command,
  service: string,
  actor: string,
): Promise<void> {
  try {
    const before = await lookBefore(context, step, service);
    const target = serviceTarget(context.eventLog.state, service);
    const runnable = { ...command, id: serviceCommandId(command.id, service), effect: 'change' } as const;
    const extra = deployArguments(serviceState(context.eventLog.state, service).choice);
    const ran = await runCommand(context, step, runnable, actor, { extra, target });
    await judgeService(context, step, endedRun(ran), before);
  } catch (thrown) {
    // Rollbook is ending: the service stays open, and the next start finds what became of it.
    context.letGo.throwIfAborted();
    const { message, advice = '' } = toFailure(thrown);
    const none = { before: [], after: [], findings: [] };
    await end(context, step, { service, outcome: 'failed', reason: `${message} ${advice}`.trim(), ...none });
  }
}

/** Deploys of this service since its release was picked are its own; see deploy-release.ts. Codes: as mustBeUnchanged. */
async function lookBefore(context: IncidentContext, step: Step, service: string): Promise<FlyStatus> {
  const { state } = context.eventLog;
  const since = changesSince(
    context,
    ({ kind, payload }) => kind === 'service.release-chosen' && payload?.service === service,
  );
  const tries = since.filter((runId) => serviceOfRun(state, runId) === service).length;
  return await mustBeUnchanged(context, step, service, serviceState(state, service).choice, tries);
}

/** The verdict on the service that a run was for; the last one ends the step. */
async function judgeService(
  context: IncidentContext,
  step: Step,
  ran: EndedRun,
  before: FlyStatus | null,
): Promise<void> {
  const service = serviceOfRun(context.eventLog.state, ran.runId);
  if (service === null) return;
  const { proven, facts } = await prove(context, step, service, before);
  const judged = verdict(evaluateContract(context, step, ran), proven);
  await end(context, step, { service, ...judged, ...facts });
}

/** Looks again at every chosen service that was begun and is not verified. */
async function proveServices(context: IncidentContext, step: Step): Promise<void> {
  const { state } = context.eventLog;
  const open = servicesOf(step, context.runbook).filter((service) => {
    const { choice, ended } = serviceState(state, service);
    return choice !== null && (begun(state, step, service) || (ended !== null && ended.outcome !== 'verified'));
  });
  for (const service of open) {
    const { proven, facts } = await prove(context, step, service, null);
    if (proven.kind === 'unknown')
      throw new RollbookError('environment', proven.why, 'Mend what it says, then check again.');
    const judged = provenBy(await rulesOfService(context, step, service), proven);
    await end(context, step, { service, ...judged, ...facts });
  }
  // The one that failed may have been left out since: then there is nothing to look at, but a verdict all the same.
  await endStep(context, step);
}

type Facts = Pick<PayloadOf<'service.ended'>, 'before' | 'after' | 'findings'>;

async function prove(
  context: IncidentContext,
  step: Step,
  service: string,
  before: FlyStatus | null,
): Promise<{ readonly proven: Proven; readonly facts: Facts }> {
  try {
    const target = serviceTarget(context.eventLog.state, service);
    const facts = await proveRelease(context, step, before, target);
    return { proven: postCondition(facts.findings), facts: only(facts) };
  } catch (thrown) {
    context.letGo.throwIfAborted();
    const why = `The post-condition could not be checked. ${toFailure(thrown).message}`;
    return { proven: { kind: 'unknown', why }, facts: { before: [], after: [], findings: [] } };
  }
}

const only = ({ before, after, findings }: Facts): Facts => ({ before, after, findings });

type ServiceEnded = Extract<Draft, { kind: 'service.ended' }>['payload'];

/** With the last service judged, the step is: proven when every chosen one is. */
async function end(context: IncidentContext, step: Step, ended: Omit<ServiceEnded, 'stepId'>): Promise<void> {
  await context.eventLog.append(ROLLBOOK, [{ kind: 'service.ended', payload: { stepId: step.id, ...ended } }]);
  await endStep(context, step);
}

async function endStep(context: IncidentContext, step: Step): Promise<void> {
  await context.eventLog.append(ROLLBOOK, (state) => {
    const outcome = systemOutcome(state, step, context.runbook);
    if (outcome === null || stepState(state, step.id).outcome === outcome) return [];
    const judged = servicesOf(step, context.runbook).flatMap((service) => serviceState(state, service).ended ?? []);
    const findings = judged.map((each) => ({
      rule: each.service,
      met: each.outcome === 'verified',
      detail: `${each.service}: ${each.outcome}. ${each.reason}`,
    }));
    const [before, after] = [judged.flatMap((each) => each.before), judged.flatMap((each) => each.after)];
    const bad = judged.filter((each) => each.outcome !== 'verified').map((each) => `${each.service} ${each.outcome}`);
    const whole = postCondition(findings);
    const met = whole.kind === 'met';
    const end = met
      ? {
          outcome: verified(withoutChange('each service was held to its own contract'), whole),
          reason: 'Every chosen service is verified.',
        }
      : {
          outcome: outcome === 'verified' ? ('unverified' as const) : outcome,
          reason: `${bad.join(', ')}; the others are verified.`,
        };
    return [
      { kind: 'proof.evaluated', payload: { stepId: step.id, met, before, after, findings } },
      { kind: 'step.ended', payload: { stepId: step.id, ...end, observed: null, dueAt: null } },
    ];
  });
}

/** Code: `not-allowed` for one without a chosen release, or that is judged already. */
export function servicesToDeploy(context: IncidentContext, step: Step, services: readonly string[]): readonly string[] {
  const open = undeployed(context.eventLog.state, step, context.runbook);
  const closed = services.filter((service) => !open.includes(service));
  if (step.kind !== 'deploy-releases' || closed.length > 0) {
    throw refuse(
      `${closed.join(', ') || step.title} cannot be deployed now.`,
      'Choose its release, or take the step up again.',
    );
  }
  return [...new Set(services)];
}
