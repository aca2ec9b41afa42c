/** A purge: its event, and how a person confirms it. */
import { count } from '#shared/words/count.ts';
import { because } from '../timeline-words.ts';
import { type Topic, always, attention, same } from './topic.ts';

export const PURGE: Topic<'incident.purged'> = {
  'incident.purged': {
    // Nothing is left to reduce; the list of incidents shows the purge.
    apply: same,
    source: 'person',
    starred: always,
    tone: attention,
    text: ({ payloads, files, reason }) =>
      `Purged: ${count(payloads, 'payload')} and ${count(files, 'file')} were removed${because(reason)}`,
  },
};

/** The last six characters of the id: its beginning is a time, which other ids share. */
export const purgeWord = (incidentId: string): string => incidentId.slice(-6);

/** Typed was the last six characters, or the whole id. */
export const isPurgeTyped = (incidentId: string, typed: string): boolean =>
  [purgeWord(incidentId), incidentId].includes(typed.trim().toUpperCase());
