import { wordToType } from '../platforms/postgres/target.ts';
import { oneChange } from './action.ts';
import { DATABASE_HELP } from './help-on-failure.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Runs the chosen SQL file. Proven by the migration history, the tables and their rows. */
export const runRollbackSql: StepKindDefinition = {
  lead: null,
  provenBy: 'rollbook',
  commands: 'filled-in',
  needsDatabase: true,
  changesDatabase: true,
  next: oneChange(({ database: { choice, identified } }) => {
    const where = identified === null ? 'the database' : wordToType(identified.target);
    return `Undo migration ${choice?.version ?? ''} on ${where}`;
  }, 'Run the SQL by hand'),
  endsWatch: true,
  ...DATABASE_HELP,
};
