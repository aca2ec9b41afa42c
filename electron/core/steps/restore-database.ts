/** Point-in-time restore, the last resort. Proven by the status of the project and by queries (rule 9). */

import { RollbookError, toFailure } from '#shared/api/result.ts';
import { roleStrictness } from '#shared/incident/approval-policy.ts';
import type { Draft, PayloadOf } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import {
  backupListArguments,
  parseBackups,
  projectStatus,
  projectsArguments,
  restoreArguments,
} from '#shared/platforms/supabase/backups.ts';
import { migrationTime } from '#shared/platforms/supabase/migrations.ts';
import type { StepEffects } from './step-effects.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { type Act, type IncidentContext, mustBeIdle, ROLLBOOK, refuse } from '#core/engine/incident-context.ts';
import type { Ran } from '#core/engine/run-command.ts';
import { readHistory, readTarget } from '#core/platforms/postgres/readings.ts';
import { runSupabase } from '#core/platforms/supabase/client.ts';

/** How long one proof waits for the restore, ms, incident clock. It can be checked again after that. */
const PATIENCE_MS = 10 * 60_000;
const LOOK_EVERY_MS = 30_000;

export const restoreDatabase: StepEffects = {
  read: offerRestore,
  change: runRestore,
  look: proveRestore,
  gates: { change: mustHaveMoment },
};

/** Code: `not-allowed`. */
function mustHaveMoment({ eventLog }: IncidentContext): void {
  if (eventLog.state.branches.restoreTo === null)
    throw refuse('No moment was chosen, and nobody approved it.', 'Choose the moment to go back to first.');
}

const projectOf = ({ runbook }: IncidentContext): string => {
  const project = runbook.settings.database?.project ?? null;
  if (project !== null) return project;
  throw new RollbookError(
    'bad-arguments',
    'The runbook names no Supabase project.',
    'Declare `database: { project }` in its front matter.',
  );
};

async function supabase(
  context: IncidentContext,
  step: Step,
  name: string,
  argumentsFor: (version: string) => readonly string[] | null,
  actor: string,
  change: Pick<Command, 'id' | 'usualMs'> | null = null,
): Promise<Ran> {
  const tool = await context.adapter.tools.locate('supabase');
  if (tool === null)
    throw new RollbookError('tool-missing', 'supabase is not on PATH.', 'Install it, or restore in the dashboard.');
  const args = argumentsFor(tool.version);
  if (args === null)
    throw new RollbookError(
      'environment',
      `supabase ${tool.version} is neither version 2 nor 3.`,
      'Use the dashboard.',
    );
  const project = name === 'projects' ? null : projectOf(context);
  return await runSupabase(context, step, { name, args, project, change }, actor);
}

/** Reads which moments can be restored. */
async function offerRestore(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const project = projectOf(context);
  const ran = await supabase(context, step, 'backups', (version) => backupListArguments(version, project), actor);
  const list = ran.exit.kind === 'code' && ran.exit.code === 0 ? parseBackups(ran.stdout) : null;
  const problem =
    list === null
      ? 'the backups could not be read'
      : list.pitr === null
        ? 'point-in-time recovery is not switched on; a daily backup is restored in the dashboard'
        : null;
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'restore.read', payload: { stepId: step.id, project, window: list?.pitr ?? null, problem } },
  ]);
}

/** Starts the restore; the command returns at once. Codes: `not-allowed`, and those of runCommand. */
async function runRestore(context: IncidentContext, step: Step, command: Command, actor: string): Promise<Ran> {
  const { restoreTo } = context.eventLog.state.branches;
  if (restoreTo === null) throw new RollbookError('not-allowed', 'No moment was chosen.', 'Choose it first.');
  const { project, to } = restoreTo;
  // supabase prints its target only when it runs, so check it with a read before the restore.
  await supabase(context, step, 'target', (version) => backupListArguments(version, project), ROLLBOOK);
  return await supabase(context, step, 'restore', (version) => restoreArguments(version, project, to), actor, command);
}

/** Waits until the project is healthy, answers a query, and has no migration from after the moment. */
async function proveRestore(context: IncidentContext, step: Step): Promise<PayloadOf<'proof.evaluated'>> {
  const { clock } = context.adapter;
  const until = clock.now() + PATIENCE_MS;
  for (;;) {
    const findings = await look(context, step);
    const met = findings.every((finding) => finding.met);
    if (met || clock.now() >= until || context.letGo.aborted)
      return { stepId: step.id, met, before: [], after: [], findings: [...findings] };
    await clock.sleep(LOOK_EVERY_MS, context.letGo);
    context.letGo.throwIfAborted();
  }
}

async function look(context: IncidentContext, step: Step): Promise<PayloadOf<'proof.evaluated'>['findings']> {
  const project = projectOf(context);
  const listed = await supabase(context, step, 'projects', projectsArguments, ROLLBOOK);
  const status = projectStatus(listed.stdout, project);
  const healthy = {
    rule: 'project-healthy',
    met: status === 'ACTIVE_HEALTHY',
    detail: `The project ${project} is ${status ?? 'not in the list'}.`,
  };
  if (!healthy.met) return [healthy];
  try {
    const { server } = await readTarget(context, step, ROLLBOOK);
    const answers = { rule: 'query-answers', met: true, detail: `PostgreSQL ${server.version} answers a query.` };
    return [healthy, answers, await wentBack(context, step)];
  } catch (thrown) {
    return [healthy, { rule: 'query-answers', met: false, detail: toFailure(thrown).message }];
  }
}

/** Whether the migration history has no migration from after the chosen moment. */
async function wentBack(context: IncidentContext, step: Step) {
  const to = context.eventLog.state.branches.restoreTo?.to ?? 0;
  const later = (await readHistory(context, step, ROLLBOOK)).filter(
    ({ version }) => (migrationTime(version) ?? 0) > to,
  );
  const chosen = context.eventLog.state.database.choice;
  const undone = chosen !== null && (chosen.at ?? 0) > to;
  if (later.length > 0)
    return {
      rule: 'went-back',
      met: false,
      detail: `Migrations after that moment are still there: ${later.map(({ version }) => version).join(', ')}.`,
    };
  return undone
    ? {
        rule: 'went-back',
        met: true,
        detail: `Migration ${chosen.version}, which came after that moment, is not there.`,
      }
    : { rule: 'went-back', met: true, detail: 'No migration from after that moment is there.' };
}

/** Strictness of a manager's approval in approval-policy.ts. */
const MANAGER = 2;

/** Handles the choice of the moment, with an approval of its own or a reason. Code: `not-allowed`. */
export const momentChosen: Act<'choose-restore'> = ({ eventLog, adapter }, intent) => {
  const { state } = eventLog;
  const { stepId, to, reason, typed } = intent;
  mustBeIdle(state);
  const { restore } = state.branches;
  if (restore?.stepId !== stepId) throw refuse('The moments were not read yet.', 'Read them first.');
  const { window, project, problem } = restore;
  if (window === null) throw refuse(`No moment of ${project} can be restored: ${problem ?? ''}`, 'Choose another way.');
  if (to < window.from || to > window.until) {
    const utc = (at: number): string => new Date(at).toISOString();
    throw refuse(
      `${utc(to)} is outside the window that can be restored.`,
      `Give a moment from ${utc(window.from)} to ${utc(window.until)}.`,
    );
  }
  const approval = approvalOf(intent);
  if (approval === null && (reason.trim() === '' || typed.trim().length < 4 || !project.endsWith(typed.trim()))) {
    throw refuse(
      'A restore needs its own approval by a manager.',
      `Record it; or go on without: a reason, and the end of ${project}.`,
    );
  }
  const lossMs = Math.max(0, Math.round(adapter.clock.now() - to));
  const chosen: Draft = { kind: 'restore.chosen', payload: { stepId, project, to, lossMs, approval, reason } };
  return { drafts: [chosen] };
};

/** Null: nobody who may approve a restore approved it. */
function approvalOf({ who, role, how, words }: Extract<Intent, { kind: 'choose-restore' }>) {
  const said = [who, role, how, words].every((part) => part.trim() !== '');
  return said && roleStrictness(role) >= MANAGER ? { who, role, how, words } : null;
}
