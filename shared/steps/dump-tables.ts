import { read } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Dumps the tables that the chosen SQL file changes, and proves that the dump can be read. */
export const dumpTables: StepKindDefinition = {
  lead: 'Writes the affected tables to a file only you can read, and proves that it can be read back. To go on without a dump, leave the step out and say why.',
  provenBy: 'person',
  commands: 'filled-in',
  needsDatabase: true,
  dumps: true,
  next: ({ database }, _runbook, step) => {
    const tables = database.choice?.sql.affected.length ?? 0;
    return read(step, `Dump ${tables} ${tables === 1 ? 'table' : 'tables'} and prove the dump`);
  },
};
