/**
 * Rule 1: a release that is not ours. The newest one at the first look is ours when it carries the chosen image; any
 * newer one is somebody else's, also when only a secret was set. Each is told once, whoever keeps the watch by then. A look
 * that fails says nothing, so it is left out.
 */
import { type IncidentState, ownChanges } from '#shared/incident/state.ts';
import { serviceState } from '#shared/incident/system.ts';
import type { FlyRelease } from '#shared/platforms/fly/releases.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { unlessUnwritten } from '#core/event-log/storage-health.ts';
import { readReleases } from './releases.ts';

/** `named`: one of several services, which the alarm then names. */
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
      // The watch goes on while the store takes nothing, and a reading would wait for it.
      const reading = unlessUnwritten(context, readReleases(context, step, ROLLBOOK, service));
      const [newest] = await reading.catch(() => [] as readonly FlyRelease[]);
      if (newest === undefined) return;
      // A change of our own (maintenance mode off, say) makes a release too: the count of releases begins anew with it.
      const own = ownChanges(context.eventLog.state);
      if (own !== changes) ours = null;
      changes = own;
      const told = context.eventLog.state.watch?.foreignOf?.[named ? service : ''];
      if (told !== undefined && newest.version <= told.version) return;
      // After somebody else's nothing is ours until we change something again.
      if (ours === null && newest.imageRef === image && own > (told?.ownChanges ?? -1)) ours = newest.version;
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
