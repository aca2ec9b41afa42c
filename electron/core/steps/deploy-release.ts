/** Deploying the release that was chosen: the look just before it, and its proof where the machines are stopped. */
import { releasesFingerprint, sameButOwn } from '#shared/platforms/fly/releases.ts';
import type { FlyStatus } from '#shared/platforms/fly/status.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Proven } from '#shared/incident/outcome-contract.ts';
import { isHeldByStop } from '#shared/incident/service-down.ts';
import type { Step } from '#shared/runbook/model.ts';
import { proveRelease } from '#core/platforms/fly/proof.ts';
import { readReleases, readStatus } from '#core/platforms/fly/releases.ts';
import { refuse, ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import type { StepEffects } from './step-effects.ts';

export const deployRelease: StepEffects = {
  gates: {
    run: ({ eventLog }) => {
      if (eventLog.state.choice === null)
        throw refuse('No release was chosen yet.', 'Choose the release to go back to.');
    },
  },
  lookBefore: lookAgain,
  extraArguments: ({ eventLog }) => (eventLog.state.choice?.immediate === true ? ['--strategy', 'immediate'] : []),
  look: (context, step, before) => proveRelease(context, step, before),
  inconclusive: ({ eventLog: { state } }, { findings }): Proven | null => {
    const arrived = findings.some(({ rule, met }) => rule === 'target-image' && met);
    const { service } = state.declared;
    if (!arrived || !isHeldByStop(state, service)) return null;
    return {
      kind: 'nothing',
      why: `Its image is on every machine of ${service}. They are stopped: start them, then it is proven.`,
    };
  },
};

/** Rule 1: the list is read again immediately before acting; if it changed since the pick, nothing is done. */
async function lookAgain(context: IncidentContext, step: Step): Promise<FlyStatus> {
  const releases = await readReleases(context, step, ROLLBOOK);
  const { choice } = context.eventLog.state;
  if (choice === null)
    throw new RollbookError('no-release', 'No release was chosen.', 'Choose the release to go back to.');
  const now = releasesFingerprint(releases);
  if (!sameButOwn(choice, releases, triesSincePick(context))) {
    const newest = releases[0]?.version ?? null;
    // The pick no longer holds, so choosing is open again: an old list must not be picked from.
    await context.eventLog.append(ROLLBOOK, [
      { kind: 'releases.changed', payload: { stepId: choice.stepId, was: choice.fingerprint, now, newest } },
    ]);
    throw new RollbookError(
      'releases-changed',
      `The releases of ${context.eventLog.state.declared.service} changed since v${choice.version} was chosen: the newest is now v${newest}.`,
      'Find out who deployed, then read the releases and choose again. Nothing was deployed.',
    );
  }
  return await readStatus(context, step, ROLLBOOK);
}

/** Changing commands since the release was picked: each may have left a release of its own, also when it failed. */
function triesSincePick({ eventLog }: IncidentContext): number {
  const pick = eventLog.events.findLastIndex(({ kind }) => kind === 'release.chosen');
  return eventLog.events
    .slice(pick + 1)
    .filter(({ kind, payload }) => (kind === 'run.intended' || kind === 'run.by-hand') && isChange(payload)).length;
}

const isChange = (payload: unknown): boolean => (payload as { effect?: string } | null)?.effect === 'change';
