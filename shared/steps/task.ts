import { runsOfStep, stepState } from '../incident/state.ts';
import { provingCommands } from '../runbook/commands.ts';
import { askApproval, ask, act, checkProof, needsApproval, runChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** The plain kind: its commands in the order written, then the commands that prove it, then what a person checks. */
export const task: StepKindDefinition = {
  lead: null,
  provenBy: 'commands',
  commands: 'as-written',
  next: (state, runbook, step) => {
    const runs = runsOfStep(state, step.id);
    // A read that failed because of an expired login is offered again (rule 12).
    const answered = runs.filter((run) => run.effect !== 'read' || run.explanation?.code !== 'login-expired');
    const started = new Set(answered.map(({ commandId }) => commandId));
    const proofs = provingCommands(step);
    const next = step.commands.find((command) => !started.has(command.id) && !proofs.includes(command));
    if (next === undefined && proofs.length > 0 && stepState(state, step.id).proof?.met !== true)
      return checkProof(step);
    if (next === undefined)
      return ask(step, step.checks.length > 0 ? 'Tick what you saw' : 'Confirm this step', 'checks');
    if (next.effect === 'read')
      return act(step, `Run ${next.text}`, { kind: 'run-reads', stepId: step.id, commandId: next.id });
    return needsApproval(state, runbook) ? askApproval(step) : runChange(step, next, `Run ${next.text}`);
  },
};
