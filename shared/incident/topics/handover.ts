/** Handed over to another machine, taken over from one, or purged. */
import { count } from '../../words/count.ts';
import { because } from '../timeline-words.ts';
import { type Topic, always, attention, same } from './topic.ts';

export const HANDOVER: Topic<'handover.given' | 'handover.taken' | 'incident.purged'> = {
  'handover.given': {
    apply: (state, { at, payload }) => ({ ...state, handedOver: { ...payload, at } }),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Handed over${p.to === '' ? '' : ` to ${p.to}`} from ${p.host}${because(p.reason)}`,
  },
  'handover.taken': {
    apply: (state) => ({ ...state, handedOver: null }),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) =>
      p.host === p.fromHost && p.by === p.fromBy
        ? `Taken back by ${p.by} on ${p.host}${because(p.reason)}`
        : `Taken over by ${p.by} on ${p.host}, from ${p.fromBy} on ${p.fromHost}${because(p.reason)}`,
  },
  'incident.purged': {
    // Nothing is left to reduce; who had it open is told by the list.
    apply: same,
    source: 'person',
    starred: always,
    tone: attention,
    text: ({ payloads, files, reason }) =>
      `Purged: ${count(payloads, 'payload')} and ${count(files, 'file')} were removed${because(reason)}`,
  },
};
