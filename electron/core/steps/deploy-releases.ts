/** Deploys several services. Each is judged by itself, so that the others can continue when one fails. */
import { endedRun, runCommand } from '#core/engine/run-command.ts';
import { type EndedRun, evaluateContract, proven as provenBy, verdict, rulesOfService } from '#core/engine/judge.ts';
import { changesSince } from '#core/platforms/choice.ts';
import { releasesOf } from '#core/platforms/releases.ts';
import type { StateBefore } from '#core/platforms/release-platform.ts';
import { RollbookError, toFailure } from '#shared/api/result.ts';
import { verified, withoutChange, type Proven, postCondition } from '#shared/incident/outcome-contract.ts';
import type { Draft, PayloadOf } from '#shared/incident/event.ts';
import { stepState } from '#shared/incident/state.ts';
import {
  hasUnjudgedChange,
  serviceCommandId,
  serviceOfRun,
  serviceState,
  servicesOf,
  systemOutcome,
  undeployed,
} from '#shared/incident/services.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { refuse, ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import { serviceTarget } from '#core/engine/values.ts';
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

/** Deploys the services one after the other, or in parallel if the step says so. An error of one becomes its outcome. */
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
    const extra = releasesOf(context, service).changeArguments(serviceState(context.eventLog.state, service).choice);
    const ran = await runCommand(context, step, runnable, actor, { extra, target });
    await judgeService(context, step, endedRun(ran), before);
  } catch (thrown) {
    // Rollbook is shutting down: the service stays open, and the next start recovers its run.
    context.letGo.throwIfAborted();
    const { message, advice = '' } = toFailure(thrown);
    const none = { before: [], after: [], findings: [] };
    await end(context, step, { service, outcome: 'failed', reason: `${message} ${advice}`.trim(), ...none });
  }
}

/** As lookBefore in deploy-release.ts, for one service. Codes: as mustBeUnchanged. */
async function lookBefore(context: IncidentContext, step: Step, service: string): Promise<StateBefore> {
  const { state } = context.eventLog;
  const since = changesSince(
    context,
    ({ kind, payload }) => kind === 'service.release-chosen' && payload?.service === service,
  );
  const tries = since.filter((runId) => serviceOfRun(state, runId) === service).length;
  const { choice } = serviceState(state, service);
  return await releasesOf(context, service).mustBeUnchanged(context, step, { service, choice, tries });
}

/** Judges the service that a run was for, and the step after the last service. */
async function judgeService(
  context: IncidentContext,
  step: Step,
  ran: EndedRun,
  before: StateBefore | null,
): Promise<void> {
  const service = serviceOfRun(context.eventLog.state, ran.runId);
  if (service === null) return;
  const { proven, facts } = await prove(context, step, service, before);
  const judged = verdict(evaluateContract(context, step, ran), proven);
  await end(context, step, { service, ...judged, ...facts });
}

/** Checks again each chosen service that was started and is not verified. */
async function proveServices(context: IncidentContext, step: Step): Promise<void> {
  const { state } = context.eventLog;
  const open = servicesOf(step, context.runbook).filter((service) => {
    const { choice, ended } = serviceState(state, service);
    return (
      choice !== null && (hasUnjudgedChange(state, step, service) || (ended !== null && ended.outcome !== 'verified'))
    );
  });
  for (const service of open) {
    const { proven, facts } = await prove(context, step, service, null);
    if (proven.kind === 'unknown') throw new RollbookError('environment', proven.why, 'Fix that, then check again.');
    const judged = provenBy(await rulesOfService(context, step, service), proven);
    await end(context, step, { service, ...judged, ...facts });
  }
  // Judge the step also when no service is open: the failed one may have been left out since.
  await endStep(context, step);
}

type Facts = Pick<PayloadOf<'service.ended'>, 'before' | 'after' | 'findings'>;

async function prove(
  context: IncidentContext,
  step: Step,
  service: string,
  before: StateBefore | null,
): Promise<{ readonly proven: Proven; readonly facts: Facts }> {
  try {
    const target = serviceTarget(context.eventLog.state, service);
    const facts = await releasesOf(context, service).prove(context, step, before, target);
    return { proven: postCondition(facts.findings), facts: only(facts) };
  } catch (thrown) {
    context.letGo.throwIfAborted();
    const why = `The post-condition could not be checked. ${toFailure(thrown).message}`;
    return { proven: { kind: 'unknown', why }, facts: { before: [], after: [], findings: [] } };
  }
}

const only = ({ before, after, findings }: Facts): Facts => ({ before, after, findings });

type ServiceEnded = Extract<Draft, { kind: 'service.ended' }>['payload'];

/** Records the outcome of a service, and of the step once all services have one. */
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
          outcome: verified(withoutChange('each service was judged by its own contract'), whole),
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

/** The services of the intent, each once. Code: `not-allowed` when one has no chosen release, or has an outcome already. */
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
