/** How maintenance mode looks from outside, if a step or a procedure is for it. */
import { webAddressesIn } from './addresses.ts';
import type { ToAdopt, Topic } from './topic.ts';

const URL_ID = 'maintenance.url';
const MARKER_ID = 'maintenance.marker';
const TITLE = /\bmaintenance (?:mode|page)\b/i;

export const maintenance: Topic = {
  questions: (runbook) => {
    const line = lineOf(runbook);
    if (line === null) return [];
    const common = { about: 'Maintenance mode, which only what users see can prove', line, commands: [] };
    return [
      {
        ...common,
        id: URL_ID,
        ask: 'The address that users open',
        proposed: proposedUrl(runbook),
        answer: { kind: 'address' },
      },
      {
        ...common,
        id: MARKER_ID,
        ask: 'Words that only the maintenance page shows',
        proposed: '',
        answer: { kind: 'text' },
        onlyIf: { id: URL_ID, is: null },
      },
    ];
  },
  changes: (runbook, answer) => {
    if (lineOf(runbook) === null || answer(URL_ID) === '') return {};
    const [url, marker] = [answer(URL_ID), answer(MARKER_ID)];
    if (marker === '') return { notes: ['Maintenance mode is not declared: the words that show it are missing.'] };
    return { additions: [{ under: null, key: 'maintenance', value: { url, marker } }] };
  },
};

/** Of the step or procedure; null: there is none, or it is declared. */
function lineOf({ model }: ToAdopt): number | null {
  if (model.settings.maintenance !== undefined) return null;
  const { procedures } = model;
  const step = procedures.flatMap(({ steps }) => steps).find(({ kind }) => kind.startsWith('maintenance-'));
  return (step ?? procedures.find(({ title }) => TITLE.test(title)))?.line ?? null;
}

/** The front page of the first address that the runbook has. */
function proposedUrl({ model }: ToAdopt): string {
  const known = model.settings.services.map(({ health }) => health).find((health) => health !== '');
  return /^https?:\/\/[^/]+/.exec(known ?? webAddressesIn(model)[0] ?? '')?.[0].concat('/') ?? '';
}
