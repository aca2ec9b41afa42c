import { supabaseDashboard } from '../platforms/dashboards.ts';
import { wordToType } from '../platforms/postgres/target.ts';
import { oneChange } from './action.ts';
import { ABOUT_DATABASE } from './issue-words.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Runs the chosen SQL file. Proven by the migration history, the tables and their rows. */
export const runRollbackSql: StepKindDefinition = {
  lead: null,
  provenBy: 'rollbook',
  commands: 'filled-in',
  needsDatabase: true,
  next: oneChange(({ database: { choice, identified } }) => {
    const where = identified === null ? 'the database' : wordToType(identified.target);
    return `Undo migration ${choice?.version ?? ''} on ${where}`;
  }, 'Run the SQL by hand'),
  afterChoice: ['choose-migration'],
  endsWatch: true,
  issues: ABOUT_DATABASE,
  dashboards: supabaseDashboard,
};
