import { wordToType } from '../platforms/postgres/target.ts';
import { ask, askApproval, checkProof, hasChanged, needsApproval, runChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Runs a SQL file that was written for this incident. Proven by its `-- rollbook:` lines. */
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
    if (hasChanged(state, step)) return checkProof(step, 'Check the tables');
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
    risk: 'SQL written in a hurry can do more harm than good: have somebody review it. It runs in one transaction, all or nothing.',
    contract: 'Verified when the tables are as its `-- rollbook:` lines say; without such lines you say what you saw.',
  },
};
