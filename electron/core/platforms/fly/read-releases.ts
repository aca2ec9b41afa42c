/** Reads the releases and the status of a Fly app, to choose a release and to check the choice just before a deploy. */
import { RollbookError } from '#shared/contract/result.ts';
import { allSteps } from '#shared/incident/branches.ts';
import type { Draft, IncidentEvent, PayloadOf } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { proposeRelease } from '#shared/platforms/fly/pick.ts';
import { clockDifference, type OwnDeploy } from '#shared/platforms/fly/clocks.ts';
import { type FlyRelease, parseReleases, releasesFingerprint, sameButOwn } from '#shared/platforms/fly/releases.ts';
import { type FlyStatus, parseStatus, runningImages, startedGroups } from '#shared/platforms/fly/status.ts';
import type { Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentContext, ROLLBOOK, refuse } from '#core/engine/incident-context.ts';
import type { Runnable } from '#core/engine/ready-to-run.ts';
import { type Ran, runCommand } from '#core/engine/run-command.ts';
import { failedRead } from '#core/engine/run-reads.ts';

/** A read of Rollbook's own. It is not in the runbook, so it gets an id of its own. */
const reading = (step: Step, name: string, text: string): Runnable => ({
  id: `${step.id}#${name}`,
  text,
  tool: 'fly',
  form: 'words',
  line: step.line,
  effect: 'read',
  usualMs: null,
  timeoutMs: 15_000,
});

export async function readStatus(
  context: IncidentContext,
  step: Step,
  actor: string,
  service = context.eventLog.state.declared.service,
): Promise<FlyStatus> {
  const text = `fly status -a ${service} --json`;
  return parseStatus((await flyReading(context, step, 'status', text, actor)).stdout);
}

export async function readReleases(
  context: IncidentContext,
  step: Step,
  actor: string,
  service = context.eventLog.state.declared.service,
): Promise<readonly FlyRelease[]> {
  const text = `fly releases -a ${service} --json`;
  return parseReleases((await flyReading(context, step, 'releases', text, actor)).stdout);
}

/** Runs one read-only fly command that must succeed. Codes: `login-expired`, `environment`, those of runCommand. */
export async function flyReading(
  context: IncidentContext,
  step: Step,
  name: string,
  text: string,
  actor: string,
): Promise<Ran> {
  const ran = await runCommand(context, step, reading(step, name, text), actor);
  if (ran.exit.kind === 'code' && ran.exit.code === 0) return ran;
  throw failedRead(context, ran.runId, text);
}

/** The event that offers the releases to choose from (product rule 1). */
export function releasesRead(
  context: IncidentContext,
  step: Step,
  releases: readonly FlyRelease[],
  status: FlyStatus,
): Draft {
  return { kind: 'releases.read', payload: offer(context, step, releases, status) };
}

/** Every release with a verdict, and which one is proposed. */
export function offer(
  context: IncidentContext,
  step: Step,
  releases: readonly FlyRelease[],
  status: FlyStatus,
): PayloadOf<'releases.read'> {
  const clocks = clockDifference(releases, context.adapter.clock.now(), ownDeploys(context.eventLog.events));
  const { proposed, candidates } = proposeRelease({
    releases,
    status,
    clocksDiffer: clocks !== null,
    detectedAt: troubleSince(context),
    badInThisIncident: deployedHere(context.eventLog.events),
  });
  return {
    stepId: step.id,
    fingerprint: releasesFingerprint(releases),
    releases: releases.map(({ version, status: state, imageRef, description, user, createdAt }) => ({
      version,
      status: state,
      image: imageRef,
      description,
      user,
      createdAt,
    })),
    running: [...runningImages(status)],
    groups: startedGroups(status),
    proposed: proposed?.version ?? null,
    verdicts: candidates.map(({ release, verdict, why }) => ({ version: release.version, verdict, why })),
    ...(clocks === null ? {} : { clocks }),
  };
}

/**
 * The facts of the release that a person chose, out of the list that was read. Codes: `no-release` (not in the list),
 * `not-allowed` (Fly recorded no image for it).
 */
export function chosenRelease(
  releases: IncidentState['releases'],
  { service, version, immediate }: { readonly service: string; readonly version: number; readonly immediate: boolean },
) {
  const release = releases?.releases.find((candidate) => candidate.version === version);
  if (releases === null || release === undefined) {
    throw new RollbookError(
      'no-release',
      `v${version} is not in the list of releases that was read for ${service}.`,
      'Read the releases, then choose one of them.',
    );
  }
  if (release.image.trim() === '') {
    throw refuse(`Fly recorded no image for v${version} of ${service}.`, 'Choose a release that has one.');
  }
  return {
    version,
    image: release.image,
    from: releases.running[0] ?? { version: null, image: '', digest: null },
    proposed: releases.proposed === version,
    fingerprint: releases.fingerprint,
    immediate,
  };
}

/** The arguments that a deploy of this choice needs besides those of the runbook. */
export const deployArguments = (choice: { readonly immediate: boolean } | null): readonly string[] =>
  choice?.immediate === true ? ['--strategy', 'immediate'] : [];

/**
 * When the trouble began: images in service since then are bad. A drill with real tools may cause its own trouble with a step
 * that deploys a test version; then it is the end of that step.
 */
function troubleSince({ eventLog: { state }, runbook }: IncidentContext): number {
  const { declared } = state;
  if (declared.kind !== 'drill' || declared.adapter !== 'real') return declared.detectedAt;
  const tasks = new Set(
    allSteps(runbook).flatMap((step) => (definitionOf(step).provenBy === 'commands' ? [step.id] : [])),
  );
  const deployed = [...state.runs.values()].filter(({ effect, stepId }) => effect === 'change' && tasks.has(stepId));
  return Math.max(declared.detectedAt, ...deployed.map(({ endedAt }) => endedAt ?? declared.detectedAt));
}

/** Images that were chosen and deployed in this incident, for any service. */
function deployedHere(events: readonly IncidentEvent[]): readonly string[] {
  const images: string[] = [];
  const chosen = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'release.chosen') chosen.set('', event.payload?.image ?? '');
    if (event.kind === 'service.release-chosen') chosen.set(event.payload?.service ?? '', event.payload?.image ?? '');
    if (event.kind !== 'run.intended' && event.kind !== 'run.by-hand') continue;
    const { effect, commandId } = event.payload ?? { effect: 'read', commandId: '' };
    const image = chosen.get(commandId.split('@')[1] ?? '');
    if (effect === 'change' && image !== undefined && image !== '') images.push(image);
  }
  return images;
}

/** The deploys of this incident's one service that were started here, each with the newest release before it. */
function ownDeploys(events: readonly IncidentEvent[]): readonly OwnDeploy[] {
  const own: OwnDeploy[] = [];
  let after: number | null = null;
  let image = '';
  for (const event of events) {
    if (event.kind === 'releases.read')
      after = Math.max(0, ...(event.payload?.releases ?? []).map(({ version }) => version));
    if (event.kind === 'release.chosen') image = event.payload?.image ?? '';
    if (event.kind !== 'run.intended' || event.payload?.effect !== 'change') continue;
    if (after !== null && image !== '' && !event.payload.commandId.includes('@'))
      own.push({ image, after, startedAt: event.at });
  }
  return own;
}

/** A chosen release; `fingerprint` is that of the list it was chosen from. */
type Choice = Pick<PayloadOf<'release.chosen'>, 'version' | 'fingerprint' | 'image'>;

/**
 * Reads the releases again just before a deploy and refuses if they changed since the choice; returns the status. `tries`: our
 * deploys since the choice, each of which may have made a release, even if it failed. `changed` is called before the refusal
 * with the fingerprint of the list and the newest version. Codes: `no-release` (none was chosen), `releases-changed`, and those
 * of the reads.
 */
export async function mustBeUnchanged(
  context: IncidentContext,
  step: Step,
  service: string,
  choice: Choice | null,
  tries: number,
  changed: (now: string, newest: number | null) => Promise<void> = () => Promise.resolve(),
): Promise<FlyStatus> {
  if (choice === null) {
    const advice = 'Choose the release to go back to.';
    throw new RollbookError('no-release', `No release was chosen for ${service}.`, advice);
  }
  const releases = await readReleases(context, step, ROLLBOOK, service);
  if (sameButOwn(choice, releases, tries)) return await readStatus(context, step, ROLLBOOK, service);
  const newest = releases[0]?.version ?? null;
  await changed(releasesFingerprint(releases), newest);
  throw new RollbookError(
    'releases-changed',
    `The releases of ${service} changed since v${choice.version} was chosen: the newest is now v${newest}.`,
    'Find out who deployed, then read the releases and choose again. Nothing was deployed.',
  );
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
