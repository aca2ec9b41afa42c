/** How an incident ended, said plainly: an end is never left to be guessed. */
import { procedureOf } from '#shared/incident/next-action.ts';
import { OUTCOME_MEANING } from '#shared/incident/outcome.ts';
import { type IncidentState, stepState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';

export function endingOf(state: IncidentState, runbook: Runbook): string {
  if (state.fixForward !== null)
    return state.effectiveAt === null ? 'STOPPED before the fix was seen to work' : 'FIXED FORWARD';
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const goesOn = (id: string): boolean => {
    const { outcome } = stepState(state, id);
    return outcome !== null && OUTCOME_MEANING[outcome].goesOn;
  };
  if (steps.length === 0 || !steps.every((step) => goesOn(step.id))) return 'STOPPED before all steps were over';
  const deferred = state.deferred.filter((each) => each.settled === null).length;
  return deferred === 0 ? 'COMPLETE' : `COMPLETE EXCEPT ${deferred} DEFERRED`;
}
