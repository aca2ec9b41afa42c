import { ask, read } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Asks the server who it is, and a person confirms that it is the database the runbook means. */
export const identifyDatabase: StepKindDefinition = {
  lead: 'Asks the server who it is and compares that with what the runbook declares. Then you confirm it.',
  provenBy: 'person',
  commands: 'filled-in',
  needsDatabase: true,
  next: ({ database }, _runbook, step) =>
    database.identified === null
      ? read(step, 'Identify the database')
      : ask(step, 'Confirm that this is the right database', 'database'),
  choice: { again: null },
};
