/** What choosing the way and the checklist before a rollback do to the state. */
import type { PayloadOf } from './event.ts';
import { mayFixForward } from './matrix-row.ts';
import type { Deferred, IncidentState } from './state.ts';

/** A worse severity takes back that the fault is corrected in place: there the rollback comes first. */
export const severityChanged = (state: IncidentState, { to }: PayloadOf<'severity.changed'>): IncidentState => ({
  ...state,
  severity: to,
  fixForward: mayFixForward(to) ? state.fixForward : null,
});

export const fixForwardChosen = (
  state: IncidentState,
  at: number,
  { reason }: PayloadOf<'fix-forward.chosen'>,
): IncidentState => ({ ...state, procedureId: null, fixForward: { at, reason } });

export function checklistDeferred(state: IncidentState, payload: PayloadOf<'checklist.deferred'>): IncidentState {
  const { checklistId, items, reason, dueAt } = payload;
  const parked = items.map((stepId): Deferred => ({ stepId, reason, dueAt, settled: null, checklistId }));
  return { ...state, deferred: [...state.deferred.filter(({ stepId }) => !items.includes(stepId)), ...parked] };
}

/** What was put off and is ticked now is done; unticked again, it is open again. */
export function checkSettles(state: IncidentState, payload: PayloadOf<'check.ticked'>): IncidentState {
  const { stepId, checkId, ticked, observed } = payload;
  if (!state.deferred.some((item) => item.stepId === checkId && item.checklistId === stepId)) return state;
  const settled = ticked ? ({ how: 'done', reason: observed } as const) : null;
  return {
    ...state,
    deferred: state.deferred.map((item) => (item.stepId === checkId ? { ...item, settled } : item)),
  };
}
