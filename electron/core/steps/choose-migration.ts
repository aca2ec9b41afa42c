/** The migration history and the backups, offered for choice. */
import {
  backupListArguments,
  type BackupList,
  backupStanding,
  parseBackups,
} from '#shared/platforms/supabase/backups.ts';
import { isIntended, printedTarget } from '#shared/platforms/supabase/target.ts';
import {
  historyFingerprint,
  judgeMigrations,
  migrationTime,
  usualSqlFile,
} from '#shared/platforms/supabase/migrations.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { refusals } from '#shared/platforms/postgres/sql-refusals.ts';
import { sqlFacts } from '#shared/platforms/postgres/sql-tables.ts';
import { readSqlFile } from '#core/platforms/postgres/sql-file.ts';
import { mustBeIdentified } from './identify-database.ts';
import type { StepEffects } from './step-effects.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Step } from '#shared/runbook/model.ts';
import { runCommand } from '#core/engine/run-command.ts';
import type { Runnable } from '#core/engine/ready-to-run.ts';
import { type Act, mustBeIdle, refuse, ROLLBOOK, type IncidentContext, stepOf } from '#core/engine/incident-context.ts';
import { readHistory } from '#core/platforms/postgres/readings.ts';

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

/** That they cannot be read is a red gate, not an error; a target that is not the project stops the step. */
async function readBackups(context: IncidentContext, step: Step, actor: string): Promise<Backups> {
  const unknown = (problem: string): Backups => ({ list: null, problem });
  const project = context.eventLog.state.database.identified?.target.project ?? null;
  if (project === null) return unknown('the connection names no Supabase project');
  const tool = await context.adapter.tools.locate('supabase');
  if (tool === null) return unknown('supabase is not on PATH');
  const args = backupListArguments(tool.version, project);
  if (args === null) return unknown(`supabase ${tool.version} is neither version 2 nor 3`);
  const command: Runnable = {
    id: `${step.id}#backups`,
    text: shellQuote(['supabase', ...args]),
    tool: 'supabase',
    form: 'words',
    line: step.line,
    effect: 'read',
    usualMs: null,
    timeoutMs: 30_000,
  };
  const ran = await runCommand(context, step, command, actor);
  const printed = printedTarget(ran.stderr);
  if (!isIntended(printed, project)) {
    throw new RollbookError(
      'not-allowed',
      `supabase speaks to "${printed}", not to project ${project}.`,
      'Find out why before anything else is run with it; nothing was changed.',
    );
  }
  if (ran.exit.kind !== 'code' || ran.exit.code !== 0) {
    const said = ran.stderr.split('\n').find((line) => line.trim() !== '') ?? 'no message';
    // Before it is cut: half a secret is not known for one.
    return unknown(`supabase failed: ${context.outputs.redact(said.trim()).slice(0, 300)}`);
  }
  const list = parseBackups(ran.stdout);
  return list === null ? unknown('supabase printed no list of backups') : { list, problem: null };
}

/** Codes: `not-allowed`, and those of readSqlFile. */
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
    drafts: [
      { kind: 'migration.chosen', payload: chosen },
      {
        kind: 'step.ended',
        payload: { stepId, outcome: 'done', reason: '', observed: `${version} by ${sqlFile}`, dueAt: null },
      },
    ],
  };
};

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
