/** Maintenance mode in an incident: on and off are one pair, and what was switched on is owed until it is off again. */
import type { Runbook, Step } from '../runbook/model.ts';
import type { PayloadOf } from './event.ts';
import { OUTCOME_MEANING } from './outcome.ts';
import { type Deferred, type IncidentState, stepState } from './state.ts';

/** What is left open until then is deferred work like any other: it can be waived, and the incident not closed before. */
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
  if (mode === 'on') {
    const owed: Deferred = {
      stepId: offStepId ?? stepId,
      reason: 'Maintenance mode is on',
      dueAt: null,
      settled: null,
    };
    return {
      ...next,
      maintenance: { on: true, since: at, offStepId, shown: met === true },
      deferred: [...state.deferred.filter((item) => item.stepId !== owed.stepId), owed],
    };
  }
  if (met !== true || state.maintenance === null) return next;
  return {
    ...next,
    maintenance: { ...state.maintenance, on: false, shown: false },
    deferred: state.deferred.map((item) =>
      item.stepId === stepId && item.settled === null
        ? { ...item, settled: { how: 'done', reason: 'Maintenance mode is off' } }
        : item,
    ),
  };
}

/** The step that still has to switch maintenance mode off, whatever procedure is gone through now; null when none has. */
export function maintenanceOffStep(state: IncidentState, runbook: Runbook): Step | null {
  const { maintenance } = state;
  if (maintenance === null || !maintenance.on) return null;
  const owed = state.deferred.find(({ stepId }) => stepId === maintenance.offStepId);
  if (owed === undefined || owed.settled !== null) return null;
  const step = runbook.procedures.flatMap(({ steps }) => steps).find(({ id }) => id === maintenance.offStepId);
  const { outcome } = stepState(state, step?.id ?? '');
  return step === undefined || (outcome !== null && OUTCOME_MEANING[outcome].goesOn) ? null : step;
}
