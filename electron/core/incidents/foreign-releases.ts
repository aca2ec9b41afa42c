/**
 * Rule 1: a release that is not ours. The newest one at the first look is ours when it carries the chosen image; any
 * newer one is somebody else's, also when only a secret was set. A look that fails says nothing, so it is left out.
 */
import type { FlyRelease } from '#shared/fly/releases.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { serviceState } from '#shared/incident/system.ts';
import type { Step } from '#shared/runbook/model.ts';
import { readReleases } from './releases.ts';
import { ROLLBOOK, type Scene } from './scene.ts';
import { unlessUnwritten } from './unwritten.ts';

/** `named`: one of several services, which the alarm then names. Each raises it once a watch. */
export function foreignReleases(scene: Scene, step: Step, service: string, named: boolean): { look(): Promise<void> } {
  let ours: number | null = null;
  let changes = 0;
  let raised = false;
  return {
    async look() {
      const { state } = scene.journal;
      const image = chosenImage(state, service);
      if (image === null || raised || (!named && (state.watch?.foreign ?? null) !== null)) return;
      // The watch goes on while the store takes nothing, and a reading would wait for it.
      const reading = unlessUnwritten(scene, readReleases(scene, step, ROLLBOOK, service));
      const [newest] = await reading.catch(() => [] as readonly FlyRelease[]);
      if (newest === undefined) return;
      // A change of our own (maintenance mode off, say) makes a release too: the count of releases begins anew with it.
      const own = scene.journal.state.runs.count(({ effect }) => effect === 'change');
      if (own !== changes) ours = null;
      changes = own;
      if (ours === null && newest.imageRef === image) ours = newest.version;
      if (newest.version === ours) return;
      const { version, description, user } = newest;
      const payload = { stepId: step.id, version, description, user, ...(named ? { service } : {}) };
      await scene.journal.tryAppend(ROLLBOOK, [{ kind: 'release.foreign', payload }]);
      raised = true;
    },
  };
}

function chosenImage(state: IncidentState, service: string): string | null {
  const own = service === state.declared.service ? state.choice?.image : undefined;
  return serviceState(state, service).choice?.image ?? own ?? null;
}
