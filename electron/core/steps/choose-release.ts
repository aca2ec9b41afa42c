/** One service's release: offered from what was read or pasted, and chosen. */
import { RollbookError } from '#shared/contract/result.ts';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import type { Step } from '#shared/runbook/model.ts';
import { readChanges } from './changes-between.ts';
import { readReleases, readStatus, releasesRead } from '#core/platforms/fly/releases.ts';
import { type Act, mustBeIdle, refuse, ROLLBOOK, type IncidentContext, stepOf } from '#core/engine/incident-context.ts';
import type { StepEffects } from './step-effects.ts';

export const chooseRelease: StepEffects = {
  read: offerReleases,
  keepPasted: ({ keptText }, { id }, output) => keptText.keep(id, output),
  takePasted,
};

/** Codes: `not-allowed`, `no-release`. */
export const releaseChosen: Act<'choose-release'> = (context, { stepId, version, immediate }) => {
  const step = stepOf(context, stepId);
  const { releases } = context.eventLog.state;
  mustBeIdle(context.eventLog.state);
  if (step.kind !== 'choose-release') throw refuse(`"${step.title}" chooses no release.`, 'Reload the incident.');
  const release = releases?.releases.find((candidate) => candidate.version === version);
  if (releases === null || release === undefined) {
    throw new RollbookError(
      'no-release',
      `v${version} is not in the list that was read.`,
      'Read the releases, then choose one of them.',
    );
  }
  if (release.image.trim() === '')
    throw refuse(`Fly recorded no image for v${version}.`, 'Choose a release that has one.');
  const from = releases.running[0] ?? { version: null, image: '', digest: null };
  const chosen = {
    stepId,
    version,
    image: release.image,
    from,
    proposed: releases.proposed === version,
    fingerprint: releases.fingerprint,
    immediate,
  };
  const observed = `v${version}`;
  return {
    drafts: [
      { kind: 'release.chosen', payload: chosen },
      { kind: 'step.ended', payload: { stepId: step.id, outcome: 'done', reason: '', observed, dueAt: null } },
    ],
    beside: () => readChanges(context, context.eventLog.state.declared.service),
  };
};

/** Reads releases and status, and proposes one. */
async function offerReleases(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const releases = await readReleases(context, step, actor);
  const status = await readStatus(context, step, actor);
  await context.eventLog.append(ROLLBOOK, [releasesRead(context, step, releases, status)]);
}

/** Pasted readings count like our own: both lists have to be there before a release can be proposed. */
async function takePasted(context: IncidentContext, step: Step): Promise<void> {
  const [releases, status] = ['releases', 'status'].map((word) => {
    const command = step.commands.find(({ text }) => text.startsWith(`fly ${word} `));
    return command && context.keptText.get(command.id);
  });
  if (releases === undefined || status === undefined) return;
  await context.eventLog.append(ROLLBOOK, [releasesRead(context, step, parseReleases(releases), parseStatus(status))]);
  context.keptText.drop(step.commands.map(({ id }) => id));
}
