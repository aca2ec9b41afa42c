/** Intents of a database rollback: which database it is, and which migration is undone by which file. */
import { backupStanding } from '#shared/platforms/supabase/backups.ts';
import { usualSqlFile } from '#shared/platforms/supabase/migrations.ts';
import { refusals } from '#shared/platforms/postgres/sql-refusals.ts';
import { sqlFacts } from '#shared/platforms/postgres/sql-tables.ts';
import { isTyped, targetText, wordToType } from '#shared/platforms/postgres/target.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { isOver, stepState } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { readSqlFile } from '#core/platforms/postgres/sql-file.ts';
import { type Act, mustBeIdle, refuse, type IncidentContext, stepOf } from '../../engine/incident-context.ts';

type Chosen = Extract<Intent['kind'], 'confirm-database' | 'choose-migration'>;

export const DATABASE_ACTS: { readonly [K in Chosen]: Act<K> } = {
  'confirm-database': ({ eventLog }, { stepId, typed }) => {
    mustBeIdle(eventLog.state);
    const { identified } = eventLog.state.database;
    if (identified?.stepId !== stepId) throw refuse('The database was not identified yet.', 'Identify it first.');
    if (identified.mismatches.length > 0) {
      throw refuse(identified.mismatches.join(' '), 'Correct the connection string, then identify it again.');
    }
    if (!isTyped(identified.target, typed)) {
      const word = wordToType(identified.target);
      throw refuse(`"${typed}" is not the end of "${word}".`, 'Type at least its last four letters.');
    }
    return {
      drafts: [
        { kind: 'database.confirmed', payload: { stepId, typed } },
        ended(stepId, 'confirmed', targetText(identified.target)),
      ],
    };
  },

  'choose-migration': (context, { stepId, version, sqlFile, reason }) => {
    mustBeIdle(context.eventLog.state);
    mustBeIdentified(context);
    if (stepOf(context, stepId).kind !== 'choose-migration') throw refuse('That step chooses no migration.', 'Reload.');
    const read = context.eventLog.state.database.migrations;
    const migration = read?.migrations.find((each) => each.version === version);
    if (read === null || migration === undefined) {
      throw refuse(`Migration ${version} is not in the history that was read.`, 'Read it, then choose one of them.');
    }
    const { text, sha256 } = readSqlFile(context, sqlFile);
    const { affected, rows, gone, exists, opaque } = mustBeRunnable(text, sqlFile, version);
    const backup = backupStanding(read.backups, migration.at, read.backupProblem);
    const verdict = read.verdicts.find((each) => each.version === version);
    const red = [...(backup.older ? [] : [backup.why]), ...(verdict?.verdict === 'buried' ? [verdict.why] : [])];
    if (red.length > 0 && reason.trim() === '') {
      throw refuse(red.join(' '), 'Say why it is undone all the same, or choose otherwise.');
    }
    const chosen = {
      stepId,
      version,
      name: migration.name,
      at: migration.at,
      fingerprint: read.fingerprint,
      file: sqlFile,
      sha256,
      sql: { affected: [...affected], rows: [...rows], gone: [...gone], exists: [...exists], opaque },
      backup,
      reason: reason.trim(),
    };
    return {
      drafts: [{ kind: 'migration.chosen', payload: chosen }, ended(stepId, 'done', `${version} by ${sqlFile}`)],
    };
  },
};

const ended = (stepId: string, outcome: 'confirmed' | 'done', observed: string): Draft => ({
  kind: 'step.ended',
  payload: { stepId, outcome, reason: '', observed, dueAt: null },
});

/** Code: `not-allowed`. */
export function mustBeIdentified({ eventLog }: IncidentContext): void {
  if (eventLog.state.database.confirmed) return;
  throw refuse('Nobody has confirmed yet which database this is.', 'Do the step that identifies it first.');
}

/** The gates of the SQL besides those of every change: target, choice, and a dump proven or waived with a reason. */
export function mustBePrepared(context: IncidentContext): void {
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

/** Everything in the file that stands in the way of one transaction, before anything is done. */
function mustBeRunnable(text: string, file: string, version: string): ReturnType<typeof sqlFacts> {
  if (/(?:^|[/\\])supabase[/\\]migrations[/\\]/.test(file)) {
    const advice = `Keep it elsewhere, for example as ${usualSqlFile({ version, name: '' })}.`;
    throw refuse(`${file} lies where the supabase CLI takes every file for a migration.`, advice);
  }
  const found = refusals(text);
  if (found.length > 0) {
    const list = found.map(({ line, what, why }) => `line ${line}: ${what} (${why})`).join('; ');
    throw refuse(`${file} cannot be run in one transaction. ${list}.`, 'Correct the file and have it reviewed again.');
  }
  const facts = sqlFacts(text);
  if (facts.migration !== null && facts.migration !== version) {
    throw refuse(
      `${file} says that it undoes ${facts.migration}, not ${version}.`,
      'Choose the file that belongs to it.',
    );
  }
  if (facts.gone.length + facts.exists.length === 0) {
    throw new RollbookError(
      'not-allowed',
      `Nothing in ${file} says which tables must be gone or there afterwards, so nothing could prove it.`,
      'Add a line such as `-- rollbook: exists public.approvals` or `-- rollbook: gone public.drafts`.',
    );
  }
  return facts;
}
