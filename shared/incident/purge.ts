/** What a purge does to an incident's state, what the timeline says of it, and what is typed to ask for one. */
import { count } from '../words/count.ts';
import type { Purged } from './purge-events.ts';
import type { IncidentState } from './state.ts';
import { always, attention, type Row } from './timeline-row.ts';
import { because } from './timeline-words.ts';

export const PURGE_HANDLERS = {
  // Nothing is left to reduce; who had it open is told by the list.
  'incident.purged': (state: IncidentState): IncidentState => state,
};

export const PURGE_ROWS: { readonly 'incident.purged': Row<'incident.purged'> } = {
  'incident.purged': {
    source: 'person',
    starred: always,
    tone: attention,
    text: ({ payloads, files, reason }: Purged) =>
      `Purged: ${count(payloads, 'payload')} and ${count(files, 'file')} were removed${because(reason)}`,
  },
};

/** Letters of an id that a person types: its beginning is the time, which others share. */
const TYPED = 6;

export const purgeWord = (incidentId: string): string => incidentId.slice(-TYPED);

/** The last six letters, or the whole id. */
export const isPurgeTyped = (incidentId: string, typed: string): boolean =>
  [purgeWord(incidentId), incidentId].includes(typed.trim().toUpperCase());
