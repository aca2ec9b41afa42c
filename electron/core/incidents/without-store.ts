/**
 * Actions while the store refuses writes: they are kept in a file beside it and written to the timeline later. Also actions in
 * an incident with damaged events (`actOnDamaged`).
 */
import { count } from '#shared/words/count.ts';
import { rm } from 'node:fs/promises';
import { RollbookError } from '#shared/api/result.ts';
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { mayBeWrittenLater } from '#shared/incident/staleness.ts';
import { exitText } from '#shared/incident/timeline-words.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { mayStop } from '#core/engine/action.ts';
import { commandOf, type IncidentContext, type Plan, refuse, stepOf } from '#core/engine/incident-context.ts';
import { READ_LIMIT_MS, readyToRun } from '#core/engine/prepare-run.ts';
import { sessionName } from '#core/engine/values.ts';
import { isRead } from '#core/engine/run-reads.ts';
import type { FromIntent } from '#core/event-log/event-log.ts';
import type { KeptAct } from '#core/event-log/kept-acts.ts';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import { printedBy } from '#core/runner/run-to-end.ts';
import { planFor } from './intent-handlers/table.ts';

/** Bytes of output that are read. */
const LIMIT_BYTES = 1024 * 1024;
/** Length of the beginning and of the end of an output that go into a note, UTF-16 units each. */
const NOTE_CHARS = 4_000;

/**
 * Handles an intent without the store: keeps notes and decisions, runs read-only commands and keeps their output, stops
 * commands. `perform` starts an effect. False: the intent needs the store. Codes: those of the intent.
 */
export async function actWithoutStore(
  context: IncidentContext,
  intent: Intent,
  actor: string,
  intentId: string,
  perform: (effect: NonNullable<Plan['effect']>) => void,
): Promise<boolean> {
  const { eventLog, storageHealth, newId } = context;
  const act = { intentId, actor, at: eventLog.now(), intent };
  if (storageHealth.acts.list.some((kept) => kept.intentId === intentId)) return true;
  if (intent.kind === 'stop-run' && (await stopLeft(context, intent))) {
    storageHealth.keep(act);
    return true;
  }
  const plan = planFor(context, intent, actor);
  if (mayBeWrittenLater(intent) && recordsOnly(plan)) {
    storageHealth.keep(act);
    return true;
  }
  if (intent.kind === 'run-reads') {
    for (const [index, command] of readsOf(stepOf(context, intent.stepId), intent.commandId).entries()) {
      const note = { kind: 'note', text: await readUnrecorded(context, command), starred: false } as const;
      storageHealth.keep({ intentId: index === 0 ? intentId : newId(), actor, at: eventLog.now(), intent: note });
    }
    return true;
  }
  if (intent.kind === 'stop-run' && plan.effect !== undefined) {
    // Kept before the process is stopped: the request explains how the command ended.
    storageHealth.keep(act, eventLog.append(actor, plan.drafts, act.at, intentId));
    perform(plan.effect);
    return true;
  }
  return false;
}

/**
 * Stops a command of an earlier session that this process could not attach to, because the lease could not be written.
 * False: it does not run, or is attended here. Code: `not-allowed` when it cannot be killed yet.
 */
async function stopLeft(
  { eventLog, running, reattacher, storageHealth, adapter }: IncidentContext,
  { runId, how }: Extract<Intent, { readonly kind: 'stop-run' }>,
): Promise<boolean> {
  const run = eventLog.state.runs.get(runId);
  if (run === undefined || run.endedAt !== null || running.has(runId)) return false;
  const known = run.pid !== null && run.startTime !== null ? { pid: run.pid, startTime: run.startTime } : null;
  const found = reattacher.find({ runId, ...known });
  if (found.kind !== 'running') return false;
  try {
    mayStop(run.stopAsked ?? storageHealth.stopOf(runId), how, adapter.clock.now());
    if (how === 'interrupt') found.process.interrupt();
    else await found.process.kill();
  } finally {
    found.process.leave();
  }
  return true;
}

/** The read-only commands of the step, or only the named one. Code: `not-allowed` when there is none. */
function readsOf(step: Step, commandId: string | undefined): readonly Command[] {
  const reads = commandId === undefined ? step.commands.filter(isRead) : [commandOf(step, commandId)];
  if (reads.length > 0 && reads.every(isRead)) return reads;
  throw refuse(`"${step.title}" has no command that only reads.`, 'Run it yourself, and write down what it printed.');
}

/** Runs a read-only command and returns the text of a note with the command and its output. Codes: those of readyToRun. */
async function readUnrecorded(context: IncidentContext, command: Command): Promise<string> {
  const runId = context.newId();
  const { argv, env, shown, checkout } = await readyToRun(
    context,
    { ...command, effect: 'read' },
    { session: sessionName(runId) },
  );
  // Not in the data folder, which may not be writable.
  const empty = checkout === null ? temporaryFolder('reading') : null;
  try {
    const timeoutMs = command.timeoutMs ?? READ_LIMIT_MS;
    const cwd = checkout ?? empty ?? '/';
    const process = await context.adapter.spawner.spawn({ runId, argv, cwd, env, effect: 'read', timeoutMs });
    const stop = (): void => process.interrupt();
    context.letGo.addEventListener('abort', stop, { once: true });
    const { exit, stdout, stderr } = await printedBy(process, LIMIT_BYTES);
    context.letGo.removeEventListener('abort', stop);
    // Redact before cutting: half a secret is not recognized.
    const printed = shortened(context.outputs.redact([stdout, stderr].filter((text) => text !== '').join('\n')));
    return `\`${shown}\`, run while the timeline could not be written: ${exitText(exit)}\n${printed}`.trimEnd();
  } finally {
    if (empty !== null) await rm(empty, { recursive: true, force: true });
  }
}

function shortened(text: string): string {
  const left = text.length - 2 * NOTE_CHARS;
  if (left <= 0) return text;
  return `${text.slice(0, NOTE_CHARS)}\n[${count(left, 'character')} left out]\n${text.slice(-NOTE_CHARS)}`;
}

/** True when the plan only records something, so that it can be committed later. */
export const recordsOnly = ({ effect, background }: Plan): boolean => effect === undefined && background === undefined;

/**
 * Writes the kept actions to the timeline in their order, with the times at which they were done. Codes: those of the
 * store.
 */
export async function writeKeptActs(context: IncidentContext): Promise<void> {
  for (const act of context.storageHealth.left()) {
    const from = { intentId: act.intentId, expectedSeq: Number.POSITIVE_INFINITY };
    await context.eventLog.tryAppend(act.actor, () => draftsOf(context, act), from);
    context.storageHealth.drop(act.intentId);
  }
}

/**
 * As writeKeptActs, for an incident whose lease nobody holds. Does nothing if another process holds it. Codes: those of
 * the store.
 */
export async function writeKeptActsUnattended(context: IncidentContext): Promise<void> {
  const { incidentId, store } = context;
  if (store.leases.holder(incidentId) !== null) return;
  await store.leases.take(incidentId);
  try {
    await writeKeptActs(context);
  } finally {
    await store.leases.release(incidentId);
  }
}

function draftsOf(context: IncidentContext, act: KeptAct): readonly Draft[] {
  // The stop was carried out then. It is recorded before the end of the command, which it explains.
  if (act.intent.kind === 'stop-run') {
    const { runId, how } = act.intent;
    const run = context.eventLog.state.runs.get(runId);
    if (run === undefined || run.endedAt !== null) return [asNote(act, null)];
    return [{ kind: 'run.stop-asked', occurredAt: act.at, payload: { runId, how } }];
  }
  try {
    const plan = planFor(context, act.intent, act.actor);
    if (recordsOnly(plan)) return plan.drafts.map((draft) => ({ occurredAt: act.at, ...draft }));
    return [asNote(act, 'it would start something now')];
  } catch (thrown) {
    // The incident has changed since: record the action as a note.
    if (thrown instanceof RollbookError) return [asNote(act, thrown.message)];
    throw thrown;
  }
}

/** A note about the action. `why`: the reason it is not recorded as the action itself; null: it was carried out. */
const asNote = ({ at, intent }: KeptAct, why: string | null): Draft => ({
  kind: 'note.added',
  occurredAt: at,
  payload: {
    text: `While the timeline could not be written: ${wordsOf(intent)}${why === null ? '' : ` (not taken later: ${why})`}`,
    starred: false,
  },
});

/** An intent as text: "tick: api/1#check-2, yes, seen at 03:20". */
export function wordsOf({ kind, ...rest }: Intent): string {
  const values = Object.values(rest).filter((value) => typeof value === 'string' || typeof value === 'number');
  return `${kind.replaceAll('-', ' ')}${values.length === 0 ? '' : `: ${values.join(', ')}`}`;
}

/**
 * Handles an intent in an incident with damaged events: only notes and decisions are accepted, and nothing is started or
 * recovered. Codes: `read-only`, `lease-held`, and those of `planFor` and the store.
 */
export async function actOnDamaged(
  context: IncidentContext,
  intent: Intent,
  actor: string,
  from: FromIntent,
): Promise<{ readonly seq: number; readonly repeated: boolean }> {
  const { incidentId, eventLog, store } = context;
  await store.leases.take(incidentId);
  try {
    const decide = (): readonly Draft[] => {
      const plan = planFor(context, intent, actor);
      if (!recordsOnly(plan)) eventLog.unread.mustBeNone();
      return plan.drafts;
    };
    return await eventLog.tryAppend(actor, decide, from);
  } finally {
    await store.leases.release(incidentId);
  }
}
