/**
 * Runs the rollback SQL: checks everything again, then runs the file and removes the history row in one transaction (rule
 * 9).
 */
import { historyFingerprint } from '#shared/platforms/supabase/migrations.ts';
import { RollbookError } from '#shared/api/result.ts';
import { canonical } from '#shared/incident/canonical-json.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { isOver, stepState } from '#shared/incident/state.ts';
import { rollbackArguments } from '#shared/platforms/postgres/queries.ts';
import { refusals } from '#shared/platforms/postgres/sql-refusals.ts';
import { targetText } from '#shared/platforms/postgres/target.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK, refuse } from '#core/engine/incident-context.ts';
import type { Ran } from '#core/engine/run-command.ts';
import { runSqlCopy } from '#core/platforms/postgres/client.ts';
import {
  countBefore,
  readCatalogue,
  readHistory,
  readSessions,
  readTarget,
} from '#core/platforms/postgres/readings.ts';
import { readSqlFile } from '#core/platforms/postgres/sql-file.ts';
import { mustBeIdentified } from './identify-database.ts';
import type { StepEffects } from './step-effects.ts';
import { proveDatabase } from './verify-database.ts';

type Choice = PayloadOf<'migration.chosen'>;

export const runRollbackSql: StepEffects = { change: runSql, look: proveDatabase, gates: { change: mustBePrepared } };

/** Needs a confirmed target, a choice, and a dump that is proven or waived with a reason. Code: `not-allowed`. */
function mustBePrepared(context: IncidentContext): void {
  mustBeIdentified(context);
  const { state } = context.eventLog;
  if (state.database.choice === null) throw refuse('No migration was chosen yet.', 'Choose the one to undo.');
  const procedure = context.runbook.procedures.find(({ id }) => id === state.procedureId);
  const dump: Step | undefined = procedure?.steps.find(({ kind }) => kind === 'dump-tables');
  const over = dump !== undefined && isOver(state, dump.id) && stepState(state, dump.id).outcome !== 'deferred';
  if (state.database.dump === null && !over) {
    throw refuse('There is no proven dump yet.', 'Dump the tables, or leave the dump out with a reason.');
  }
}

/** Codes: `conflict` (target, history or file changed), `not-allowed` (another session works there), those of runCommand. */
async function runSql(context: IncidentContext, step: Step, command: Command, actor: string): Promise<Ran> {
  const { choice } = context.eventLog.state.database;
  if (choice === null) throw new RollbookError('not-allowed', 'No migration was chosen.', 'Choose the one to undo.');
  await mustBeSameTarget(context, step);
  await mustBeSameHistory(context, step, choice);
  await mustBeAlone(context, step);
  const sql = sameFile(context, choice);
  const counts = await countBefore(context, step, ROLLBOOK, await readCatalogue(context, step, ROLLBOOK));
  await context.eventLog.append(ROLLBOOK, [{ kind: 'rows.counted', payload: { stepId: step.id, counts } }]);
  const { id, line, usualMs } = command;
  const runnable = { id, line, usualMs, tool: 'psql', timeoutMs: null };
  const argumentsFor = (copy: string) => rollbackArguments(copy, choice.version);
  return await runSqlCopy(context, step, runnable, { name: 'rollback.sql', text: sql, argumentsFor }, actor);
}

const changed = (message: string, advice: string): RollbookError => new RollbookError('conflict', message, advice);

/** Throws when the connection leads to another database than the confirmed one. Code: `conflict`. */
export async function mustBeSameTarget(context: IncidentContext, step: Step): Promise<void> {
  const { target } = await readTarget(context, step, ROLLBOOK);
  const known = context.eventLog.state.database.identified?.target;
  const same = known !== undefined && canonical(known) === canonical(target);
  if (same) return;
  const was = known === undefined ? 'none' : targetText(known);
  throw changed(
    `The database is not the one that was identified (${was}, now ${targetText(target)}).`,
    'Identify it again. Nothing was run.',
  );
}

async function mustBeSameHistory(context: IncidentContext, step: Step, choice: Choice): Promise<void> {
  const now = historyFingerprint(await readHistory(context, step, ROLLBOOK));
  if (now === choice.fingerprint) return;
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'migrations.changed', payload: { stepId: choice.stepId, was: choice.fingerprint, now } },
  ]);
  throw changed(
    `The migration history changed since ${choice.version} was chosen.`,
    'Find out who ran a migration, then read the history and choose again. Nothing was run.',
  );
}

/** Throws while a dump or another rollback runs in the database, whoever started it. Code: `not-allowed`. */
export async function mustBeAlone(context: IncidentContext, step: Step): Promise<void> {
  const [other] = await readSessions(context, step, ROLLBOOK);
  if (other === undefined) return;
  throw new RollbookError(
    'not-allowed',
    `Another session works in this database: ${other.application} (server process ${other.pid}).`,
    'Wait until it has ended, then try again. Nothing was run.',
  );
}

function sameFile(context: IncidentContext, choice: Choice): string {
  const { text, sha256 } = readSqlFile(context, choice.file);
  if (sha256 === choice.sha256 && refusals(text).length === 0) return text;
  throw changed(`${choice.file} changed since it was chosen.`, 'Choose it again. Nothing was run.');
}
