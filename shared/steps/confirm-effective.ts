import { type IncidentState, runsOfStep, stepState } from '../incident/state.ts';
import type { Step } from '../runbook/model.ts';
import { ask, read } from './action.ts';
import { SYMPTOM_HELP } from './help-on-failure.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Reads health and version, then a person says whether the declared symptom is gone. */
export const confirmEffective: StepKindDefinition = {
  lead: 'Reads the health address and what runs now. Then you say whether the symptom is gone.',
  provenBy: 'person',
  checksEarlierSteps: true,
  commands: 'as-written',
  next: (state, _runbook, step) =>
    step.commands.length > 0 && (stepState(state, step.id).runs.isEmpty() || isUnreadSinceLogin(state, step))
      ? read(step, 'Check health and version')
      : ask(step, 'Confirm that the symptom is gone', 'symptom'),
  asksForSymptom: true,
  reliesOnProof: true,
  ...SYMPTOM_HELP,
};

/**
 * True when the last read failed because of an expired login, and the login works again: the read is then offered again
 * (rule 12). It is not if the person continued without the login.
 */
function isUnreadSinceLogin(state: IncidentState, step: Step): boolean {
  const { renewedAt } = state.branches;
  const last = runsOfStep(state, step.id).at(-1);
  return last?.explanation?.code === 'login-expired' && renewedAt !== null && renewedAt >= (last.endedAt ?? Infinity);
}
