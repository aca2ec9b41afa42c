/** What handing an incident over does to its state, and what the timeline says of it. */
import type { PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';
import { always, attention, type Row } from './timeline-row.ts';
import { because } from './timeline-words.ts';

type Given = PayloadOf<'handover.given'>;
type Taken = PayloadOf<'handover.taken'>;

export const HANDOVER_HANDLERS = {
  'handover.given': (
    state: IncidentState,
    { at, payload }: { readonly at: number; readonly payload: Given },
  ): IncidentState => ({ ...state, handedOver: { ...payload, at } }),
  'handover.taken': (state: IncidentState): IncidentState => ({ ...state, handedOver: null }),
};

export const HANDOVER_ROWS: {
  readonly 'handover.given': Row<'handover.given'>;
  readonly 'handover.taken': Row<'handover.taken'>;
} = {
  'handover.given': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p: Given) => `Handed over${p.to === '' ? '' : ` to ${p.to}`} from ${p.host}${because(p.reason)}`,
  },
  'handover.taken': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p: Taken) =>
      p.host === p.fromHost && p.by === p.fromBy
        ? `Taken back by ${p.by} on ${p.host}${because(p.reason)}`
        : `Taken over by ${p.by} on ${p.host}, from ${p.fromBy} on ${p.fromHost}${because(p.reason)}`,
  },
};

/** Why nothing can be done in this copy, as the end of a sentence without its full stop, or null. */
export function handedOverText(state: Pick<IncidentState, 'handedOver'>): string | null {
  if (state.handedOver === null) return null;
  const { to, by } = state.handedOver;
  return `${by} handed it over${to === '' ? '' : ` to ${to}`}; import the bundle here to take it back`;
}
