/** Offers the releases of one service, as read or pasted, and records the choice. */
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type Act, type IncidentContext, mustBeIdle, ROLLBOOK, refuse, stepOf } from '#core/engine/incident-context.ts';
import { chosenRelease, readReleases, readStatus, releasesRead } from '#core/platforms/fly/read-releases.ts';
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
  const observed = `v${version}`;
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
  const releases = await readReleases(context, step, actor);
  const status = await readStatus(context, step, actor);
  await context.eventLog.append(ROLLBOOK, [releasesRead(context, step, releases, status)]);
}

/** Proposes a release from pasted output, once both the releases and the status were pasted. */
async function takePasted(context: IncidentContext, step: Step): Promise<void> {
  const [releases, status] = ['releases', 'status'].map((word) => {
    const command = step.commands.find(({ text }) => text.startsWith(`fly ${word} `));
    return command && context.keptText.get(command.id);
  });
  if (releases === undefined || status === undefined) return;
  await context.eventLog.append(ROLLBOOK, [releasesRead(context, step, parseReleases(releases), parseStatus(status))]);
  context.keptText.drop(step.commands.map(({ id }) => id));
}
