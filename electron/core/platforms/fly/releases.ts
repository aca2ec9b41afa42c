/** The releases of a Fly app, as every platform answers for its own. */
import { parseReleases, type FlyRelease } from '#shared/platforms/fly/releases.ts';
import { parseStatus, runningImages, startedGroups, type FlyStatus } from '#shared/platforms/fly/status.ts';
import type { ReleasePlatform } from '../release-platform.ts';
import { deployArguments, mustBeUnchanged, offer, readReleases, readStatus } from './read-releases.ts';
import { type HealthAnswer, isHealthy } from '#shared/platforms/health.ts';
import { evaluateProof } from '#shared/platforms/fly/proof.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { isHeldByStop } from '#shared/incident/service-down.ts';
import type { Step } from '#shared/runbook/model.ts';
import { serviceHealth } from '#core/engine/health.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { declaredTarget } from '#core/engine/values.ts';
import { noteRollout } from './platform.ts';
import { type IncidentState, ownChanges } from '#shared/incident/state.ts';
import { serviceState } from '#shared/incident/services.ts';
import { unlessUnwritten } from '#core/event-log/storage-health.ts';

export const flyReleases: ReleasePlatform = {
  offer: async (context, step, actor, service) => {
    const releases = await readReleases(context, step, actor, service);
    return offer(context, step, releases, await readStatus(context, step, actor, service));
  },
  offerPasted: (context, step, pasted) => {
    const [releases, status] = ['releases', 'status'].map((word) => {
      const command = step.commands.find(({ text }) => text.startsWith(`fly ${word} `));
      return command && pasted(command);
    });
    if (releases === undefined || status === undefined) return null;
    return offer(context, step, parseReleases(releases), parseStatus(status));
  },
  running: async (context, step, service) => {
    const status = await readStatus(context, step, ROLLBOOK, service);
    return { running: [...runningImages(status)], groups: startedGroups(status) };
  },
  mustBeUnchanged: async (context, step, look) => ({
    platform: 'fly',
    status: await mustBeUnchanged(context, step, look),
  }),
  changeArguments: deployArguments,
  prove: (context, step, before, target) =>
    proveRelease(context, step, before?.platform === 'fly' ? before.status : null, target),
  foreign: foreignReleases,
};

/** How long a service may take to become healthy after its deploy ended, ms, incident clock. */
const PATIENCE_MS = 60_000;

const NO_ADDRESS: HealthAnswer = { kind: 'no-answer', reason: 'the runbook declares no health address' };

/**
 * Checks the post-condition of a deployed release: three good answers of the health address, then the machines (rule 4).
 * Codes: those of readStatus.
 */
export async function proveRelease(
  context: IncidentContext,
  step: Step,
  before: FlyStatus | null,
  { service, choice, groups } = declaredTarget(context.eventLog.state),
): Promise<PayloadOf<'proof.evaluated'>> {
  const first = await readStatus(context, step, ROLLBOOK, service);
  const ran = [...(before ? runningImages(before) : choice === null ? [] : [choice.from])];
  if (choice === null) {
    const finding = {
      rule: 'target-image',
      met: false,
      detail: 'No release was chosen, so there is nothing to compare with.',
    };
    return { stepId: step.id, met: false, before: ran, after: [...runningImages(first)], findings: [finding] };
  }
  // `groups` were up when the release was chosen. Without a status from before, they are what must be up now.
  const prove = (after: FlyStatus, health: readonly HealthAnswer[]) =>
    evaluateProof({
      before: before ?? first,
      groupsBefore: groups,
      after,
      targetImage: { ref: choice.image },
      health,
    });
  // Wait for health only if the image is on the machines.
  const arrived = prove(first, []).findings.some(({ rule, met }) => rule === 'target-image' && met);
  const waits = arrived && !isHeldByStop(context.eventLog.state, service);
  const asked = await serviceHealth(context, service, isHealthy, { patienceMs: waits ? PATIENCE_MS : 0 });
  const health = asked.length === 0 ? [NO_ADDRESS] : asked;
  // Checks that failed right after the deploy may pass by now.
  const after = arrived ? await readStatus(context, step, ROLLBOOK, service) : first;
  const proof = prove(after, health);
  await noteRollout(context, { service, choice, groups }, after);
  return {
    stepId: step.id,
    met: proof.met,
    before: ran,
    after: [...runningImages(after)],
    findings: [...proof.findings],
  };
}

/**
 * Detects releases that somebody else made during the watch (rule 1). At the first check the newest release is ours if it has
 * the chosen image. Any newer one is foreign, also when only a secret was set. Each is recorded once, even if another process
 * continues the watch. A check that fails is skipped. `named`: the service is one of several, so the alarm names it.
 */
function foreignReleases(
  context: IncidentContext,
  step: Step,
  service: string,
  named: boolean,
): { look(): Promise<void> } {
  let ours: number | null = null;
  let changes = 0;
  return {
    async look() {
      const image = chosenImage(context.eventLog.state, service);
      if (image === null) return;
      // A read waits for the store, and the watch must continue while the store refuses writes.
      const reading = unlessUnwritten(context, readReleases(context, step, ROLLBOOK, service));
      const [newest] = await reading.catch(() => [] as readonly FlyRelease[]);
      if (newest === undefined) return;
      // Our own changes, such as maintenance mode off, make releases too: after one, find out again which release is ours.
      const own = ownChanges(context.eventLog.state);
      if (own !== changes) ours = null;
      changes = own;
      const reported = context.eventLog.state.watch?.foreignOf?.[named ? service : ''];
      if (reported !== undefined && newest.version <= reported.version) return;
      // After a foreign release none is ours until we change something again.
      if (ours === null && newest.imageRef === image && own > (reported?.ownChanges ?? -1)) ours = newest.version;
      if (newest.version === ours) return;
      const { version, description, user } = newest;
      const payload = { stepId: step.id, version, description, user, ...(named ? { service } : {}) };
      await context.eventLog.tryAppend(ROLLBOOK, [{ kind: 'release.foreign', payload }]);
    },
  };
}

function chosenImage(state: IncidentState, service: string): string | null {
  const own = service === state.declared.service ? state.choice?.image : undefined;
  return serviceState(state, service).choice?.image ?? own ?? null;
}
