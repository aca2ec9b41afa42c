import { wordToType } from '../platforms/postgres/target.ts';
import { ask, askApproval, checkProof, hasChanged, needsApproval, runChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Runs a SQL file that somebody wrote for this incident. Proven by what its `-- rollbook:` lines say. */
export const runManualSql: StepKindDefinition = {
  lead: null,
  provenBy: 'sql-file',
  commands: 'as-written',
  needsDatabase: true,
  changesDatabase: true,
  next: (state, runbook, step) => {
    const [command] = step.commands;
    if (command === undefined) return ask(step, 'Run the SQL by hand', 'by-hand');
    if (needsApproval(state, runbook)) return askApproval(step);
    if (hasChanged(state, step)) return checkProof(step, 'Check what the file says');
    const { identified } = state.database;
    return runChange(
      step,
      command,
      `Run it on ${identified === null ? 'the database' : wordToType(identified.target)}`,
    );
  },
  branch: {
    recognises: (commands, { database }) => {
      const [only] = commands;
      if (database === undefined || commands.length !== 1 || only === undefined) return false;
      return only.tool === 'psql' && only.effect !== 'read' && /\s-f\s+"?\$/.test(only.text);
    },
    title: 'Correct the database with a reviewed SQL file',
    risk: 'Written in a hurry it may do more harm than it mends: have somebody read it. One transaction, all or nothing.',
    contract: 'Verified when the tables its `-- rollbook:` lines name are gone or there; else you say what you saw.',
  },
};
