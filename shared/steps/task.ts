import { stepState } from '../incident/state.ts';
import { provingCommands } from '../runbook/commands.ts';
import { askApproval, ask, checkProof, needsApproval, nextAsWritten } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** The plain kind: its commands in the order written, then the commands that prove it, then what a person checks. */
export const task: StepKindDefinition = {
  lead: null,
  provenBy: 'commands',
  commands: 'as-written',
  next: (state, runbook, step) => {
    const next = nextAsWritten(state, step);
    if (next !== null) return next.changes && needsApproval(state, runbook) ? askApproval(step) : next;
    const proofs = provingCommands(step);
    if (proofs.length > 0 && stepState(state, step.id).proof?.met !== true) return checkProof(step);
    return ask(step, step.checks.length > 0 ? 'Tick what you saw' : 'Confirm this step', 'checks');
  },
};
