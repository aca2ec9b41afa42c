/** The primary action of a step, and functions that build the common ones. */
import { approvalNeed } from '../incident/approval-policy.ts';
import type { Intent } from '../incident/intent.ts';
import { type IncidentState, runsOfStep } from '../incident/state.ts';
import { provingCommands } from '../runbook/commands.ts';
import type { Command, Runbook, Step } from '../runbook/model.ts';

export type NextAction =
  /** Enter sends `intent` as it is. */
  | {
      readonly kind: 'do';
      readonly stepId: string | null;
      readonly label: string;
      readonly intent: Intent;
      readonly changes: boolean;
    }
  /** A person has to fill in a form first; `ask` names it. */
  | { readonly kind: 'ask'; readonly stepId: string | null; readonly label: string; readonly ask: Ask }
  | { readonly kind: 'wait'; readonly stepId: string; readonly label: string; readonly runId: string | null }
  /** The step failed or could not be proven; alternatives.ts says what else there is. */
  | { readonly kind: 'decide'; readonly stepId: string; readonly label: string }
  | { readonly kind: 'finished'; readonly label: string };

type DoAction = Extract<NextAction, { kind: 'do' }>;

export type Ask =
  | 'procedure'
  | 'checklist'
  | 'fix-forward'
  | 'approval'
  | 'release'
  | 'releases'
  | 'symptom'
  | 'checks'
  | 'by-hand'
  | 'resolve'
  | 'database'
  | 'migration'
  | 'checkpoint'
  | 'values'
  | 'restore'
  | 'login'
  | 'dashboard';

export type NextActionRule = (state: IncidentState, runbook: Runbook, step: Step) => NextAction;

export const ask = (step: Step, label: string, what: Ask): NextAction => ({
  kind: 'ask',
  stepId: step.id,
  label,
  ask: what,
});

/** An action that only reads or records: it is done at once. */
export const act = (step: Step, label: string, intent: Intent): DoAction => ({
  kind: 'do',
  stepId: step.id,
  label,
  intent,
  changes: false,
});

export const read = (step: Step, label: string): NextAction => act(step, label, { kind: 'run-reads', stepId: step.id });

export const checkProof = (step: Step, label = 'Check the post-condition'): NextAction =>
  act(step, label, { kind: 'check-proof', stepId: step.id });

/** An action that changes something outside Rollbook: windows ask for a confirmation first. */
export const change = (step: Step, label: string, intent: Intent): DoAction => ({
  kind: 'do',
  stepId: step.id,
  label,
  intent,
  changes: true,
});

export const runChange = (step: Step, command: Command, label: string): DoAction =>
  change(step, label, { kind: 'run-change', stepId: step.id, commandId: command.id });

export const askApproval = (step: Step): NextAction => ask(step, 'Record the approval', 'approval');

export const needsApproval = (state: IncidentState, runbook: Runbook): boolean =>
  approvalNeed(state, runbook).standing === 'needed';

export const firstChange = (step: Step): Command | undefined => step.commands.find(({ effect }) => effect !== 'read');

/** True when a change of this step was started. It is then checked again, never run again automatically. */
export const hasChanged = (state: IncidentState, step: Step): boolean =>
  runsOfStep(state, step.id).some(({ effect }) => effect === 'change');

/**
 * The action for the next command of a step that was not started yet, as the runbook writes it; null: none is left. A read
 * that failed because of an expired login is offered again (rule 12).
 */
export function nextAsWritten(state: IncidentState, step: Step): DoAction | null {
  const answered = runsOfStep(state, step.id).filter(
    (run) => run.effect !== 'read' || run.explanation?.code !== 'login-expired',
  );
  const started = new Set(answered.map(({ commandId }) => commandId));
  const proofs = provingCommands(step);
  const next = step.commands.find((command) => !started.has(command.id) && !proofs.includes(command));
  if (next === undefined) return null;
  const label = `Run ${next.text}`;
  return next.effect === 'read'
    ? act(step, label, { kind: 'run-reads', stepId: step.id, commandId: next.id })
    : runChange(step, next, label);
}

/**
 * The rule for one changing command and its post-condition. `by`: the label of doing it by hand, if the runbook has no
 * command.
 */
export const oneChange =
  (label: (state: IncidentState) => string, by?: string): NextActionRule =>
  (state, runbook, step) => {
    const command = firstChange(step);
    if (command === undefined) return ask(step, by ?? `${step.title} by hand`, 'by-hand');
    if (needsApproval(state, runbook)) return askApproval(step);
    return hasChanged(state, step) ? checkProof(step) : runChange(step, command, label(state));
  };
