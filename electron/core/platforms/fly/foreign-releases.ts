/**
 * Detects releases that somebody else made during the watch (rule 1). At the first check the newest release is ours if it has
 * the chosen image. Any newer one is foreign, also when only a secret was set. Each is recorded once, even if another process
 * continues the watch. A check that fails is skipped.
 */
import type { FlyRelease } from '#shared/platforms/fly/releases.ts';
import { type IncidentState, ownChanges } from '#shared/incident/state.ts';
import { serviceState } from '#shared/incident/services.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { unlessUnwritten } from '#core/event-log/storage-health.ts';
import { readReleases } from './read-releases.ts';

/** `named`: the service is one of several, so the alarm names it. */
export function foreignReleases(
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
