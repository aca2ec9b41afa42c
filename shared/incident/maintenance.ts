/** Maintenance mode in an incident: on and off are one pair, and what was switched on is owed until it is off again. */
import type { PayloadOf } from './event.ts';
import { owe, paidOff } from './owed-pairs.ts';
import { type IncidentState, stepState } from './state.ts';

export function maintenanceChecked(
  state: IncidentState,
  payload: PayloadOf<'maintenance.checked'>,
  at: number,
): IncidentState {
  const { stepId, mode, offStepId, met, detail } = payload;
  const finding = { rule: `maintenance-${mode}`, met: met === true, detail };
  const proof = { stepId, met: met === true, before: [], after: [], findings: [finding], at };
  const step = { ...stepState(state, stepId), proof };
  const next = { ...state, steps: { ...state.steps, [stepId]: step } };
  if (mode === 'on')
    return {
      ...next,
      maintenance: { on: true, since: at, offStepId, shown: met === true },
      deferred: owe(state, offStepId ?? stepId, 'Maintenance mode is on'),
    };
  if (met !== true || state.maintenance === null) return next;
  return {
    ...next,
    maintenance: { ...state.maintenance, on: false, shown: false },
    deferred: paidOff(state, stepId, 'Maintenance mode is off'),
  };
}
