/** Builds from source as the way back. The proof is that of a deploy of the image that was built. */
import { RollbookError } from '#shared/api/result.ts';
import type { Draft, PayloadOf } from '#shared/incident/event.ts';
import { type BuiltRelease, builtRelease, releaseLine } from '#shared/platforms/fly/deploy-progress.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { declaredTarget } from '#core/engine/values.ts';
import { proveRelease } from '#core/platforms/fly/releases.ts';
import { readReleases } from '#core/platforms/fly/read-releases.ts';
import type { StepEffects } from './step-effects.ts';

export const buildRelease: StepEffects = {
  // Makes fly print the release on one line of standard output.
  environment: { FLY_EMIT_RELEASE_JSON: '1' },
  provenAfterLast: true,
  look: proveBuild,
  keepPasted: ({ keptText }, { id }, output) => keptText.keep(id, releaseLine(output) ?? ''),
};

/** Codes: `no-release` when no new release is found, and those of the reads. */
async function proveBuild(context: IncidentContext, step: Step): Promise<PayloadOf<'proof.evaluated'>> {
  const built = context.eventLog.state.branches.built ?? (await noteBuilt(context, step));
  const target = declaredTarget(context.eventLog.state);
  const from = target.choice?.from ?? context.eventLog.state.releases?.running[0] ?? NOTHING;
  const choice = { version: built.version, image: built.image, from };
  return await proveRelease(context, step, null, { ...target, choice });
}

const NOTHING = { version: null, image: '', digest: null };

async function noteBuilt(context: IncidentContext, step: Step): Promise<PayloadOf<'release.built'>> {
  const found = printedRelease(context, step) ?? (await newRelease(context, step));
  const built = { stepId: step.id, ...found };
  const draft: Draft = { kind: 'release.built', payload: built };
  await context.eventLog.append(ROLLBOOK, [draft]);
  context.keptText.drop(step.commands.map(({ id }) => id));
  return built;
}

/** The release printed by the deploy, also in a pasted output. */
function printedRelease(context: IncidentContext, step: Step): BuiltRelease | null {
  for (const { id } of step.commands.toReversed()) {
    const built = builtRelease(context.keptText.get(id) ?? '');
    if (built !== null) return built;
  }
  return null;
}

/** When the output is lost: the newest complete release, if its image is new since the list was read. */
async function newRelease(context: IncidentContext, step: Step): Promise<BuiltRelease> {
  const known = new Set((context.eventLog.state.releases?.releases ?? []).map(({ image }) => image));
  const [newest] = await readReleases(context, step, ROLLBOOK);
  if (newest?.status === 'complete' && newest.imageRef !== '' && !known.has(newest.imageRef))
    return { version: newest.version, image: newest.imageRef };
  throw new RollbookError(
    'no-release',
    'There is no release with a new image, so nothing shows that the build was deployed.',
    'Look at the output of the build.',
  );
}
