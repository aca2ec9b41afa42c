import { count } from '#shared/words/count.ts';
import { recordsOf } from '#core/drills/drill-book.ts';
import { lastProven, provenText } from '#shared/drills/last-proven.ts';
import { heldAt } from '#shared/drills/held-at.ts';
import type { Envelope } from '#shared/incident/event.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type ChecksOf, type Found, ok, type ReadinessInput, warning } from '../readiness-check.ts';

const DAY_MS = 86_400_000;
/** A drill every month, as the bundled runbook's schedule has it. */
const DRILL_EVERY_DAYS = 31;
/** More history than anybody drills. */
const LOOKED_AT = 200;

/** When a drill was last held, and whether maintenance mode was ever seen to work (product rule 10). */
export const practice: ChecksOf = (input) => {
  const switched = input.model.procedures.some(({ steps }) =>
    steps.some((step) => definitionOf(step).marker === 'shown'),
  );
  return [
    { id: 'drill', group: 'practice', title: 'Last drill', look: () => Promise.resolve(lastDrill(input)) },
    { id: 'last-proven', group: 'practice', title: 'Last proven', look: () => Promise.resolve(proven(input)) },
    ...(switched
      ? [
          {
            id: 'maintenance-marker',
            group: 'practice' as const,
            title: 'Maintenance page',
            look: () => Promise.resolve(maintenanceProven(input)),
          },
        ]
      : []),
  ];
};

/** Each procedure with the time it was last seen to work, in a drill or live. */
function proven({ store, clock, model, practised }: ReadinessInput): Found {
  const procedures = lastProven(model, recordsOf(store.list({ limit: LOOKED_AT }).filter(practised.isOf)));
  const text = procedures.map((each) => `${each.title}: ${provenText(each, clock.now())}`).join('; ');
  if (procedures.length === 0) return ok('the runbook has no procedure');
  return procedures.some(({ proof }) => proof === null)
    ? warning(text, `Drill each procedure. ${howToDrill(practised)}`)
    : ok(text);
}

/** The scenarios play the bundled runbook; another one is practised with real tools, on an app made for it. */
const howToDrill = ({ bundled }: ReadinessInput['practised']): string =>
  bundled
    ? 'Run "rollbook drill --list" and practise one.'
    : 'Run "rollbook drill --real --runbook FILE --service NAME-test" on an app whose name ends in -test.';

function lastDrill({ store, clock, practised }: ReadinessInput): Found {
  const drills = store.list({ kind: 'drill', limit: LOOKED_AT }).filter(practised.isOf);
  const at = Math.max(...drills.map(heldAt));
  const fix = howToDrill(practised);
  if (drills.length === 0) return warning('never held on this machine with this runbook', fix);
  const days = Math.floor((clock.now() - at) / DAY_MS);
  const words = days === 0 ? 'today' : `${count(days, 'day')} ago`;
  return days > DRILL_EVERY_DAYS ? warning(`${words}; one is due every month`, fix) : ok(words);
}

/** Proven once the marker was met at the public address with real tools; a simulated page proves nothing of the real one. */
function maintenanceProven({ store, model, clock }: ReadinessInput): Found {
  if (model.settings.maintenance === undefined)
    return warning(
      'the runbook does not say how maintenance mode is seen from outside',
      'Declare `maintenance: { url, marker }` in its front matter.',
    );
  const seen = store
    .list({ limit: LOOKED_AT })
    .filter(({ adapter }) => adapter === 'real')
    .flatMap(({ id }) => store.events(id).filter(isMarkerMet))
    .map(({ at }) => at);
  if (seen.length === 0)
    return warning(
      'never seen to be shown at the public address',
      'Switch maintenance mode on in a drill with real tools and look at the public address.',
    );
  const days = Math.floor((clock.now() - Math.max(...seen)) / DAY_MS);
  return ok(`seen at ${model.settings.maintenance.url} ${days === 0 ? 'today' : `${count(days, 'day')} ago`}`);
}

function isMarkerMet({ kind, payload }: Envelope): boolean {
  const { mode, met } = (payload ?? {}) as { readonly mode?: string; readonly met?: boolean | null };
  return kind === 'maintenance.checked' && mode === 'on' && met === true;
}
