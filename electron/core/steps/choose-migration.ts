/** The migration history and the backups, offered for choice. */
import {
  backupListArguments,
  type BackupList,
  isIntended,
  parseBackups,
  printedTarget,
} from '#shared/platforms/supabase/backups.ts';
import { historyFingerprint, judgeMigrations, migrationTime } from '#shared/platforms/supabase/migrations.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Step } from '#shared/runbook/model.ts';
import { runCommand } from '#core/engine/run-command.ts';
import type { Runnable } from '#core/engine/ready-to-run.ts';
import { ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import { readHistory } from '../platforms/postgres/readings.ts';

export async function offerMigrations(context: IncidentContext, step: Step, actor: string): Promise<void> {
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
