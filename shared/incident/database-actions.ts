/** What comes next in the steps of a database rollback; rows of next-action.ts. */
import { wordToType } from '#shared/database/target.ts';
import type { Runbook, Step, StepKind } from '#shared/runbook/model.ts';
import { approvalNeed } from './approval-policy.ts';
import type { NextAction } from './next-action.ts';
import { type IncidentState, runsOfStep } from './state.ts';

export type DatabaseStepKind = Extract<
  StepKind,
  'identify-database' | 'choose-migration' | 'dump-tables' | 'run-rollback-sql' | 'verify-database'
>;

type Rule = (state: IncidentState, runbook: Runbook, step: Step) => NextAction;

export const DATABASE_ACTIONS: Readonly<Record<DatabaseStepKind, Rule>> = {
  'identify-database': ({ database }, _runbook, step) =>
    database.identified === null
      ? read(step, 'Identify the database')
      : ask(step, 'Confirm that this is the right database', 'database'),

  'choose-migration': ({ database }, _runbook, step) =>
    database.migrations === null
      ? read(step, 'Read the migrations and the backups')
      : ask(step, 'Choose the migration to undo', 'migration'),

  'dump-tables': ({ database }, _runbook, step) => {
    const tables = database.choice?.sql.affected.length ?? 0;
    return read(step, `Dump ${tables} ${tables === 1 ? 'table' : 'tables'} and prove the dump`);
  },

  'run-rollback-sql': (state, runbook, step) => {
    const command = step.commands.find(({ effect }) => effect !== 'read');
    if (command === undefined) return ask(step, 'Run the SQL by hand', 'by-hand');
    if (approvalNeed(state, runbook).standing === 'needed') return ask(step, 'Record the approval', 'approval');
    const ran = runsOfStep(state, step.id).some(({ effect }) => effect === 'change');
    if (ran) return check(step, 'Check the post-condition');
    const { choice, identified } = state.database;
    const where = identified === null ? 'the database' : wordToType(identified.target);
    const label = `Undo migration ${choice?.version ?? ''} on ${where}`;
    const intent = { kind: 'run-change', stepId: step.id, commandId: command.id } as const;
    return { kind: 'do', stepId: step.id, label, intent, changes: true };
  },

  'verify-database': (_state, _runbook, step) => check(step, 'Check history, catalogue and rows'),
};

const read = (step: Step, label: string): NextAction => ({
  kind: 'do',
  stepId: step.id,
  label,
  intent: { kind: 'run-reads', stepId: step.id },
  changes: false,
});

const check = (step: Step, label: string): NextAction => ({
  kind: 'do',
  stepId: step.id,
  label,
  intent: { kind: 'check-proof', stepId: step.id },
  changes: false,
});

const ask = (step: Step, label: string, what: 'database' | 'migration' | 'by-hand' | 'approval'): NextAction => ({
  kind: 'ask',
  stepId: step.id,
  label,
  ask: what,
});
