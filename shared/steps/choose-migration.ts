import { ask, read } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Reads the migration history, and a person chooses the migration to undo and its SQL file. */
export const chooseMigration: StepKindDefinition = {
  lead: 'Reads the migration history and the list of backups, newest first.',
  provenBy: 'person',
  commands: 'filled-in',
  needsDatabase: true,
  next: ({ database }, _runbook, step) =>
    database.migrations === null
      ? read(step, 'Read the migrations and the backups')
      : ask(step, 'Choose the migration to undo', 'migration'),
  choice: {
    again: {
      id: 'other-sql',
      label: 'Choose another SQL file',
      risk: 'What the first file changed stays changed: check that before you run another one.',
    },
  },
};
