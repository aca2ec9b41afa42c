import type { Incident } from '#core/store/store.ts';
import { type ChecksOf, type Found, ok, type ReadyScene, warning } from '../check.ts';

const DAY_MS = 86_400_000;
/** A drill every month, as the bundled runbook's schedule has it. */
const DRILL_EVERY_DAYS = 31;
/** More history than anybody drills. */
const LOOKED_AT = 200;

/** When a drill was last held, and whether maintenance mode was ever seen to work. */
export const practice: ChecksOf = (scene) => {
  const maintenance = scene.model.procedures.find(({ title }) => /maintenance/i.test(title));
  return [
    { id: 'drill', group: 'practice', title: 'Last drill', look: () => Promise.resolve(lastDrill(scene)) },
    ...(maintenance === undefined
      ? []
      : [
          {
            id: 'maintenance-marker',
            group: 'practice' as const,
            title: 'Maintenance page',
            look: () => Promise.resolve(maintenanceProven(scene, maintenance.id)),
          },
        ]),
  ];
};

function lastDrill({ store, clock }: ReadyScene): Found {
  const drills = store.list({ kind: 'drill', limit: LOOKED_AT });
  const at = Math.max(...drills.map(heldAt));
  const fix = 'Run "rollbook drill --list" and practise one.';
  if (drills.length === 0) return warning('never held on this machine', fix);
  const days = Math.floor((clock.now() - at) / DAY_MS);
  const words = days === 0 ? 'today' : `${days} day${days === 1 ? '' : 's'} ago`;
  return days > DRILL_EVERY_DAYS ? warning(`${words}; one is due every month`, fix) : ok(words);
}

/** A drill's own clock may tell any time; its id holds the real one (the first ten letters of a ULID). */
function heldAt({ id, declaredAt }: Incident): number {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const time = Array.from(id.slice(0, 10)).reduce((sum, letter) => sum * 32 + letters.indexOf(letter), 0);
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id) ? time : declaredAt;
}

/** Proven once a step of that procedure ended as verified or confirmed against real tools. */
function maintenanceProven({ store }: ReadyScene, procedureId: string): Found {
  const proven = store.list({ limit: LOOKED_AT }).some(
    ({ id, adapter }) =>
      adapter === 'real' &&
      store.events(id).some(({ kind, payload }) => {
        const { stepId, outcome } = (payload ?? {}) as { readonly stepId?: string; readonly outcome?: string };
        return (
          kind === 'step.ended' &&
          stepId?.startsWith(`${procedureId}/`) === true &&
          /page|shown|check/i.test(stepId) &&
          (outcome === 'verified' || outcome === 'confirmed')
        );
      }),
  );
  return proven
    ? ok('seen to be shown in an incident of this machine')
    : warning(
        'nobody has ever seen it shown from this machine',
        'Switch maintenance mode on in a drill with real tools and look at the public address.',
      );
}
