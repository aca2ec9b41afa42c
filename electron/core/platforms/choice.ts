/** The choice of a release on any platform: its facts, and what this incident already did. */
import { RollbookError } from '#shared/api/result.ts';
import { allSteps } from '#shared/incident/branches.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { nameIn } from '#shared/platforms/release-name.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentContext, refuse } from '#core/engine/incident-context.ts';

/**
 * The facts of the release that a person chose, out of the list that was read. Codes: `no-release` (not in the list),
 * `not-allowed` (the platform recorded no image for it).
 */
export function chosenRelease(
  releases: IncidentState['releases'],
  { service, version, immediate }: { readonly service: string; readonly version: number; readonly immediate: boolean },
) {
  const release = releases?.releases.find((candidate) => candidate.version === version);
  const name = nameIn(releases?.releases, version);
  if (releases === null || release === undefined) {
    throw new RollbookError(
      'no-release',
      `${name} is not in the list of releases that was read for ${service}.`,
      'Read the releases, then choose one of them.',
    );
  }
  if (release.image.trim() === '') {
    throw refuse(`Fly recorded no image for ${name} of ${service}.`, 'Choose a release that has one.');
  }
  const { label } = release;
  return {
    version,
    ...(label === undefined ? {} : { label }),
    image: release.image,
    from: releases.running[0] ?? { version: null, image: '', digest: null },
    proposed: releases.proposed === version,
    fingerprint: releases.fingerprint,
    immediate,
  };
}

/**
 * When the trouble began: images in service since then are bad. A drill with real tools may cause its own trouble with a step
 * that deploys a test version; then it is the end of that step.
 */
export function troubleSince({ eventLog: { state }, runbook }: IncidentContext): number {
  const { declared } = state;
  if (declared.kind !== 'drill' || declared.adapter !== 'real') return declared.detectedAt;
  const tasks = new Set(
    allSteps(runbook).flatMap((step) => (definitionOf(step).provenBy === 'commands' ? [step.id] : [])),
  );
  const deployed = [...state.runs.values()].filter(({ effect, stepId }) => effect === 'change' && tasks.has(stepId));
  return Math.max(declared.detectedAt, ...deployed.map(({ endedAt }) => endedAt ?? declared.detectedAt));
}

/**
 * Images that were chosen and deployed in this incident. `service`: only for this one, where names of images mean something
 * else for another service; by default for any.
 */
export function deployedHere(events: readonly IncidentEvent[], service: string | null = null): readonly string[] {
  const [declaration] = events;
  const declared = declaration?.kind === 'incident.declared' ? declaration.payload?.service : undefined;
  const images: string[] = [];
  const chosen = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'release.chosen') chosen.set('', event.payload?.image ?? '');
    if (event.kind === 'service.release-chosen') chosen.set(event.payload?.service ?? '', event.payload?.image ?? '');
    if (event.kind !== 'run.intended' && event.kind !== 'run.by-hand') continue;
    const { effect, commandId } = event.payload ?? { effect: 'read', commandId: '' };
    const [, of = ''] = commandId.split('@');
    if (service !== null && (of || declared) !== service) continue;
    const image = chosen.get(of);
    if (effect === 'change' && image !== undefined && image !== '') images.push(image);
  }
  return images;
}

/** Run ids of the changes since the last event that `isPick` accepts, including those made by hand. */
export function changesSince(
  { eventLog: { events } }: IncidentContext,
  isPick: (event: IncidentEvent) => boolean,
): readonly string[] {
  const pick = events.findLastIndex(isPick);
  return events
    .slice(Math.max(0, pick))
    .flatMap(({ kind, payload }) =>
      (kind === 'run.intended' || kind === 'run.by-hand') && payload?.effect === 'change' ? [payload.runId] : [],
    );
}
