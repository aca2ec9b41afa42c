/** Offers the releases of several services, and records a choice for each. */
import { RollbookError, toFailure } from '#shared/api/result.ts';
import type { Draft } from '#shared/incident/event.ts';
import { serviceState, servicesOf, undecided } from '#shared/incident/services.ts';
import { nameIn } from '#shared/platforms/release-name.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type Act, type IncidentContext, mustBeIdle, ROLLBOOK, refuse, stepOf } from '#core/engine/incident-context.ts';
import { chosenRelease } from '#core/platforms/choice.ts';
import { releasesOf } from '#core/platforms/releases.ts';
import { readChanges } from './changes-between.ts';
import type { StepEffects } from './step-effects.ts';

export const chooseReleases: StepEffects = { read: offerServices };

/** Handles the choices: each service gets a release, or a reason to stay as it is. Codes: `no-release`, `not-allowed`. */
export const releasesChosen: Act<'choose-releases'> = (context, { stepId, picks, immediate }) => {
  const { state } = context.eventLog;
  mustBeIdle(state);
  const step = stepOf(context, stepId);
  const open = undecided(state, step, context.runbook);
  const missing = open.filter((service) => !picks.some((pick) => pick.service === service));
  if (missing.length > 0)
    throw refuse(`Nothing was said about ${missing.join(', ')}.`, 'Choose a release, or leave it out with a reason.');
  const drafts = picks.map(({ service, version, reason }): Draft => {
    if (!open.includes(service)) throw refuse(`${service} is not open in this step.`, 'Reload the incident.');
    if (version !== null) {
      const chosen = chosenRelease(serviceState(state, service).releases, { service, version, immediate });
      return { kind: 'service.release-chosen', payload: { service, stepId, ...chosen } };
    }
    if (reason.trim() === '') throw refuse(`${service} is left out without a reason.`, 'Say why it stays as it is.');
    return { kind: 'service.left-out', payload: { stepId, service, reason } };
  });
  const verified = servicesOf(step, context.runbook).some(
    (service) => serviceState(state, service).ended?.outcome === 'verified',
  );
  const versions = picks.flatMap(({ service, version }) =>
    version === null ? [] : [`${service} ${nameIn(serviceState(state, service).releases?.releases, version)}`],
  );
  if (versions.length === 0 && !verified)
    throw refuse('Every service is left out, so nothing would be rolled back.', 'Choose one, or skip the step.');
  const observed = versions.join(', ');
  return {
    drafts: [
      ...drafts,
      { kind: 'step.ended', payload: { stepId, outcome: 'done', reason: '', observed, dueAt: null } },
    ],
    background: async () => {
      const services = picks.flatMap(({ service, version }) => (version === null ? [] : [service]));
      await Promise.all(services.map((service) => readChanges(context, service)));
    },
  };
};

/** Reads all services in parallel. When some fail, throws the error of the first after the others were read. */
export async function offerServices(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const services = undecided(context.eventLog.state, step, context.runbook);
  const readings = await Promise.allSettled(services.map((service) => offerService(context, step, service, actor)));
  const failed = services.filter((_, index) => readings[index]?.status === 'rejected');
  const [first] = readings.flatMap((reading) => (reading.status === 'rejected' ? [toFailure(reading.reason)] : []));
  if (first === undefined) return;
  const others = failed.length === services.length ? 'None of the services could be read' : 'Could not be read';
  throw new RollbookError(
    first.code,
    `${others}: ${failed.join(', ')}. ${first.message}`,
    `${first.advice ?? 'Look at the output.'} Each service can be left out with a reason.`,
  );
}

async function offerService(context: IncidentContext, step: Step, service: string, actor: string): Promise<void> {
  const payload = { service, ...(await releasesOf(context, service).offer(context, step, actor, service)) };
  await context.eventLog.append(ROLLBOOK, [{ kind: 'service.releases-read', payload }]);
}
