/** Handed over to another machine, or taken over from one. */
import { because } from '../timeline-words.ts';
import { type Topic, always, attention } from './topic.ts';
import type { IncidentState } from '../state.ts';

export const HANDOVER: Topic<'handover.given' | 'handover.taken'> = {
  'handover.given': {
    apply: (state, { at, payload }) => ({ ...state, handedOver: { ...payload, at } }),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Handed over${p.to === '' ? '' : ` to ${p.to}`} from ${p.host}${because(p.reason)}`,
    report: { handsOff: true },
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
    report: { handsOff: true },
  },
};

/** Why this copy is read-only, as the end of a sentence without a full stop; null when it is not handed over. */
export function handedOverText(state: Pick<IncidentState, 'handedOver'>): string | null {
  if (state.handedOver === null) return null;
  const { to, by } = state.handedOver;
  return `${by} handed it over${to === '' ? '' : ` to ${to}`}; import the bundle here to take it back`;
}
