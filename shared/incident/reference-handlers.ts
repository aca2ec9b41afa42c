/** What the events of the reference do to the state; rows of reduce-handlers.ts. */
import { withDefect } from './defects.ts';
import type { PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';

interface Happened<P> {
  readonly seq: number;
  readonly at: number;
  readonly payload: P;
}

export const REFERENCE_HANDLERS = {
  'escalation.called': (
    state: IncidentState,
    { at, payload }: Happened<PayloadOf<'escalation.called'>>,
  ): IncidentState => ({ ...state, escalations: [...state.escalations, { ...payload, at }] }),
  'objection.raised': (
    state: IncidentState,
    { at, payload }: Happened<PayloadOf<'objection.raised'>>,
  ): IncidentState => ({ ...state, objections: [...state.objections, { ...payload, at }] }),
  'runbook.defect': (
    state: IncidentState,
    { seq, at, payload }: Happened<PayloadOf<'runbook.defect'>>,
  ): IncidentState => ({ ...state, defects: withDefect(state.defects, { ...payload, seq, at }) }),
} as const;
