/**
 * The one primary action of the moment: the large button of the window, the prompt of the command line, and what a drill's
 * autopilot does, so all three follow the same path.
 */
import type { Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import { ask, checkProof, type NextAction } from '#shared/steps/action.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { branchOf } from './branches.ts';
import { isChecklistFirst } from './checklist.ts';
import { isServiceBack, mayBeProvenNow, owedStep, startFirst } from './service-down.ts';
import { missingValues } from './variables.ts';
import { activeRun, type IncidentState, isOver, procedureOf, stepState } from './state.ts';

/** The branch that was taken, else the first step that is not over; null when all steps are over. */
export function currentStep(state: IncidentState, runbook: Runbook): Step | null {
  const { taken } = state.branches;
  const branch = taken === null ? undefined : branchOf(runbook, taken.branchId);
  if (branch !== undefined) return branch;
  const steps = procedureOf(state, runbook)?.steps ?? [];
  return steps.find((step) => !isOver(state, step.id)) ?? null;
}

export function nextAction(state: IncidentState, runbook: Runbook): NextAction {
  if (state.closedAt !== null || state.resolvedAt !== null) return { kind: 'finished', label: 'Write the report' };
  if (state.fixForward !== null) return fixingForward(state, runbook);
  const procedure = procedureOf(state, runbook);
  if (procedure === null) return { kind: 'ask', stepId: null, label: 'Choose a procedure', ask: 'procedure' };
  if (isChecklistFirst(state, runbook))
    return { kind: 'ask', stepId: null, label: 'Go through the checklist before the rollback', ask: 'checklist' };
  const current = currentStep(state, runbook) ?? owedStep(state, runbook);
  const step = current === null ? null : (startFirst(state, runbook, current) ?? current);
  if (step === null) return last(state, procedure);
  const run = activeRun(state);
  if (state.asked !== null || run !== null) {
    const label = run === null ? 'Checking' : `Running ${run.shown}`;
    return { kind: 'wait', stepId: step.id, label, runId: run?.runId ?? null };
  }
  const { login } = state.branches;
  if (login !== null) return ask(step, `Log in to ${login.tool} again`, 'login');
  const { outcome } = stepState(state, step.id);
  if (outcome !== null && mayBeProvenNow(state, step)) return checkProof(step);
  if (outcome !== null) return { kind: 'decide', stepId: step.id, label: `${step.title}: ${outcome}` };
  const next = definitionOf(step).next(state, runbook, step);
  return runsCommands(next) && missingValues(state, runbook, step).length > 0
    ? ask(step, 'Give the values it needs', 'values')
    : next;
}

const runsCommands = (next: NextAction): boolean =>
  next.kind === 'do' && ['run-reads', 'run-change', 'deploy-services'].includes(next.intent.kind);
/** Without a procedure: clock and messages go on until a person confirms that the fix works. */
function fixingForward(state: IncidentState, runbook: Runbook): NextAction {
  const off = owedStep(state, runbook);
  const busy = state.asked !== null || activeRun(state) !== null;
  if (off !== null && !busy && stepState(state, off.id).outcome === null && state.effectiveAt !== null)
    return definitionOf(off).next(state, runbook, off);
  return state.symptomGone === null
    ? { kind: 'ask', stepId: null, label: 'Confirm that the fix works', ask: 'fix-forward' }
    : { kind: 'ask', stepId: null, label: 'Resolve the incident', ask: 'resolve' };
}

/** All steps are over. A change after the symptom was confirmed gone takes that back, and so does bringing the service back. */
function last(state: IncidentState, { steps }: Procedure): NextAction {
  const confirm = steps.find((step) => definitionOf(step).asksForSymptom === true);
  const wasGone = confirm !== undefined && stepState(state, confirm.id).outcome === 'confirmed';
  const isBack = isServiceBack(state) && state.proofMetAt !== null;
  if (confirm !== undefined && state.symptomGone === null && (wasGone || isBack))
    return ask(confirm, 'Confirm that the symptom is gone', 'symptom');
  return { kind: 'ask', stepId: null, label: 'Resolve the incident', ask: 'resolve' };
}
