/** Reads the releases and the status of a Fly app, to choose a release and to check the choice just before a deploy. */
import { RollbookError } from '#shared/api/result.ts';
import type { IncidentEvent, PayloadOf } from '#shared/incident/event.ts';
import { proposeRelease } from '#shared/platforms/fly/propose-release.ts';
import { clockDifference, type OwnDeploy } from '#shared/platforms/fly/clocks.ts';
import { type FlyRelease, parseReleases, releasesFingerprint, sameButOwn } from '#shared/platforms/fly/releases.ts';
import { type FlyStatus, parseStatus, runningImages, startedGroups } from '#shared/platforms/fly/status.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import type { Runnable } from '#core/engine/prepare-run.ts';
import { type Ran, runCommand } from '#core/engine/run-command.ts';
import { failedRead } from '#core/engine/run-reads.ts';
import { deployedHere, troubleSince } from '../choice.ts';
import type { LookAgain } from '../release-platform.ts';

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

/** The arguments that a deploy of this choice needs besides those of the runbook. */
export const deployArguments = (choice: { readonly immediate: boolean } | null): readonly string[] =>
  choice?.immediate === true ? ['--strategy', 'immediate'] : [];

/**
 * Reads the releases again just before a deploy and refuses if they changed since the choice; returns the status. Codes:
 * `no-release` (none was chosen), `releases-changed`, and those of the reads.
 */
export async function mustBeUnchanged(
  context: IncidentContext,
  step: Step,
  { service, choice, tries, changed }: LookAgain,
): Promise<FlyStatus> {
  if (choice === null) {
    const advice = 'Choose the release to go back to.';
    throw new RollbookError('no-release', `No release was chosen for ${service}.`, advice);
  }
  const releases = await readReleases(context, step, ROLLBOOK, service);
  if (sameButOwn(choice, releases, tries)) return await readStatus(context, step, ROLLBOOK, service);
  const newest = releases[0]?.version ?? null;
  await changed?.(releasesFingerprint(releases), newest === null ? null : { version: newest });
  throw new RollbookError(
    'releases-changed',
    `The releases of ${service} changed since v${choice.version} was chosen: the newest is now v${newest}.`,
    'Find out who deployed, then read the releases and choose again. Nothing was deployed.',
  );
}
