/** Reads the migration history and the backups, and records the migration and the SQL file that a person chooses. */
import { RollbookError } from '#shared/api/result.ts';
import { sqlFacts } from '#shared/platforms/postgres/sql-tables.ts';
import {
  type BackupList,
  backupListArguments,
  backupStanding,
  parseBackups,
} from '#shared/platforms/supabase/backups.ts';
import {
  historyFingerprint,
  judgeMigrations,
  migrationTime,
  usualSqlFile,
} from '#shared/platforms/supabase/migrations.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type Act, type IncidentContext, mustBeIdle, ROLLBOOK, refuse, stepOf } from '#core/engine/incident-context.ts';
import { readHistory } from '#core/platforms/postgres/readings.ts';
import { mustFitOneTransaction, readSqlFile } from '#core/platforms/postgres/sql-file.ts';
import { runSupabase } from '#core/platforms/supabase/client.ts';
import { mustBeIdentified } from './identify-database.ts';
import type { StepEffects } from './step-effects.ts';

export const chooseMigration: StepEffects = { read: offerMigrations, gates: { read: mustBeIdentified } };

async function offerMigrations(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const history = await readHistory(context, step, actor);
  const { list, problem } = await readBackups(context, step, actor);
  const verdicts = judgeMigrations(history, context.eventLog.state.declared.detectedAt);
  await context.eventLog.append(ROLLBOOK, [
    {
      kind: 'migrations.read',
      payload: {
        stepId: step.id,
        fingerprint: historyFingerprint(history),
        migrations: history.map(({ version, name }) => ({ version, name, at: migrationTime(version) })),
        proposed: verdicts.find(({ verdict }) => verdict === 'proposed')?.version ?? null,
        verdicts: [...verdicts],
        backups: list === null ? null : { backups: [...list.backups], pitr: list.pitr },
        backupProblem: problem,
      },
    },
  ]);
}

interface Backups {
  readonly list: BackupList | null;
  readonly problem: string | null;
}

/**
 * Backups that cannot be read are a problem to confirm, not an error. Code: `not-allowed` (supabase used another
 * project), those of runCommand.
 */
async function readBackups(context: IncidentContext, step: Step, actor: string): Promise<Backups> {
  const unknown = (problem: string): Backups => ({ list: null, problem });
  const project = context.eventLog.state.database.identified?.target.project ?? null;
  if (project === null) return unknown('the connection names no Supabase project');
  const tool = await context.adapter.tools.locate('supabase');
  if (tool === null) return unknown('supabase is not on PATH');
  const args = backupListArguments(tool.version, project);
  if (args === null) return unknown(`supabase ${tool.version} is neither version 2 nor 3`);
  const ran = await runSupabase(context, step, { name: 'backups', args, project }, actor);
  if (ran.exit.kind !== 'code' || ran.exit.code !== 0) {
    const firstLine = ran.stderr.split('\n').find((line) => line.trim() !== '') ?? 'no message';
    // Redact before cutting: half a secret is not recognized.
    return unknown(`supabase failed: ${context.outputs.redact(firstLine.trim()).slice(0, 300)}`);
  }
  const list = parseBackups(ran.stdout);
  return list === null ? unknown('supabase printed no list of backups') : { list, problem: null };
}

/** Handles the choice. Codes: `not-allowed`, and those of readSqlFile. */
export const migrationChosen: Act<'choose-migration'> = (context, { stepId, version, sqlFile, reason }) => {
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
    throw refuse(red.join(' '), 'Say why it is undone anyway, or choose another one.');
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
    drafts: [
      { kind: 'migration.chosen', payload: chosen },
      {
        kind: 'step.ended',
        payload: { stepId, outcome: 'done', reason: '', observed: `${version} by ${sqlFile}`, dueAt: null },
      },
    ],
  };
};

/**
 * Refuses a file that could not run in one transaction or could not be proven; returns what it says about tables. Code:
 * `not-allowed`.
 */
function mustBeRunnable(text: string, file: string, version: string): ReturnType<typeof sqlFacts> {
  if (/(?:^|[/\\])supabase[/\\]migrations[/\\]/.test(file)) {
    const advice = `Keep it elsewhere, for example as ${usualSqlFile({ version, name: '' })}.`;
    throw refuse(`${file} is in the folder whose files the supabase CLI runs as migrations.`, advice);
  }
  mustFitOneTransaction(text, file);
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
