/** Offers the releases of one service, as read or pasted, and records the choice. */
import { nameIn } from '#shared/platforms/release-name.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type Act, type IncidentContext, mustBeIdle, ROLLBOOK, refuse, stepOf } from '#core/engine/incident-context.ts';
import { chosenRelease } from '#core/platforms/choice.ts';
import { releasesOf } from '#core/platforms/releases.ts';
import { readChanges } from './changes-between.ts';
import type { StepEffects } from './step-effects.ts';

export const chooseRelease: StepEffects = {
  read: offerReleases,
  keepPasted: ({ keptText }, { id }, output) => keptText.keep(id, output),
  takePasted,
};

/** Handles the choice. Codes: `not-allowed`, `no-release`. */
export const releaseChosen: Act<'choose-release'> = (context, { stepId, version, immediate }) => {
  const step = stepOf(context, stepId);
  const { releases } = context.eventLog.state;
  mustBeIdle(context.eventLog.state);
  if (step.kind !== 'choose-release') throw refuse(`"${step.title}" chooses no release.`, 'Reload the incident.');
  const { service } = context.eventLog.state.declared;
  const chosen = { stepId, ...chosenRelease(releases, { service, version, immediate }) };
  const observed = nameIn(releases?.releases, version);
  return {
    drafts: [
      { kind: 'release.chosen', payload: chosen },
      { kind: 'step.ended', payload: { stepId: step.id, outcome: 'done', reason: '', observed, dueAt: null } },
    ],
    background: () => readChanges(context, service),
  };
};

/** Reads the releases and the status, and proposes a release. */
async function offerReleases(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const { service } = context.eventLog.state.declared;
  const payload = await releasesOf(context, service).offer(context, step, actor, service);
  await context.eventLog.append(ROLLBOOK, [{ kind: 'releases.read', payload }]);
}

/** Proposes a release from pasted output, once both the releases and what runs now were pasted. */
async function takePasted(context: IncidentContext, step: Step): Promise<void> {
  const { offerPasted } = releasesOf(context, context.eventLog.state.declared.service);
  const payload = offerPasted(context, step, ({ id }) => context.keptText.get(id));
  if (payload === null) return;
  await context.eventLog.append(ROLLBOOK, [{ kind: 'releases.read', payload }]);
  context.keptText.drop(step.commands.map(({ id }) => id));
}
