import { ask } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Something done by hand on a web page. Rollbook cannot see it, so a person says what they saw. */
export const dashboard: StepKindDefinition = {
  lead: null,
  provenBy: 'person',
  commands: 'filled-in',
  offeredOnly: true,
  next: (_state, _runbook, step) => ask(step, 'Say what you saw there', 'dashboard'),
  branch: { contract: 'Confirmed by you, with what you saw.', endsItsStep: true },
};
