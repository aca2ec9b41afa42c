import { checkProof } from './action.ts';
import { DATABASE_HELP } from './help-on-failure.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Reads the migration history, the tables and their rows, and compares them with the chosen migration. */
export const verifyDatabase: StepKindDefinition = {
  lead: 'Reads the history, the list of tables and their rows, and compares them with what has to be there.',
  provenBy: 'rollbook',
  checksEarlierSteps: true,
  commands: 'filled-in',
  onlyReads: true,
  needsDatabase: true,
  next: (_state, _runbook, step) => checkProof(step, 'Check history, catalogue and rows'),
  ...DATABASE_HELP,
};
