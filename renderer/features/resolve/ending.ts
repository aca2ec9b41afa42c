/** How an incident ended, in capital words. */
import { isChecklistOpen } from '#shared/incident/incident-outcome.ts';
import { procedureOf, type IncidentState, isOver } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';

export function endingOf(state: IncidentState, runbook: Runbook): string {
  if (state.fixForward !== null)
    return state.effectiveAt === null ? 'STOPPED before the fix was seen to work' : 'FIXED FORWARD';
  const steps = procedureOf(state, runbook)?.steps ?? [];
  if (steps.length === 0 || !steps.every((step) => isOver(state, step.id))) return 'STOPPED before all steps were over';
  if (state.symptomGone === null) return 'STOPPED: nobody confirmed that the symptom is gone';
  const deferred = state.deferred.filter((each) => each.settled === null).length;
  const complete = deferred === 0 ? 'COMPLETE' : `COMPLETE EXCEPT ${deferred} DEFERRED`;
  return isChecklistOpen(state, runbook) ? `${complete}, CHECKLIST OPEN` : complete;
}
