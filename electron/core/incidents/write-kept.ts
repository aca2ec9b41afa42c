/** Puts on the timeline what people did while the store took nothing, as of when they did it. */
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { RollbookError } from '#shared/contract/result.ts';
import { planFor } from './intent-handlers/table.ts';
import type { KeptAct } from '../event-log/kept-acts.ts';
import type { Plan, IncidentContext } from '../engine/incident-context.ts';

/** True when nothing follows from it: it may be committed later. */
export const onlySays = ({ effect, beside }: Plan): boolean => effect === undefined && beside === undefined;

/** In their order. What is there already is known by its intent. Codes: those of the store. */
export async function writeKept(context: IncidentContext): Promise<void> {
  for (const act of context.storageHealth.left()) {
    const from = { intentId: act.intentId, expectedSeq: Number.POSITIVE_INFINITY };
    await context.eventLog.tryAppend(act.actor, () => draftsOf(context, act), from);
    context.storageHealth.drop(act.intentId);
  }
}

/** The same in an incident that nobody goes on with; nothing happens where another process does. Codes: those of the store. */
export async function writeKeptUnattended(context: IncidentContext): Promise<void> {
  const { incidentId, store } = context;
  if (store.leases.holder(incidentId) !== null) return;
  await store.leases.take(incidentId);
  try {
    await writeKept(context);
  } finally {
    await store.leases.release(incidentId);
  }
}

function draftsOf(context: IncidentContext, act: KeptAct): readonly Draft[] {
  // It was carried out then: said before the end of its command is told, which it explains.
  if (act.intent.kind === 'stop-run') {
    const { runId, how } = act.intent;
    const run = context.eventLog.state.runs.get(runId);
    if (run === undefined || run.endedAt !== null) return [asNote(act, null)];
    return [{ kind: 'run.stop-asked', occurredAt: act.at, payload: { runId, how } }];
  }
  try {
    const plan = planFor(context, act.intent, act.actor);
    if (onlySays(plan)) return plan.drafts.map((draft) => ({ occurredAt: act.at, ...draft }));
    return [asNote(act, 'it would start something now')];
  } catch (thrown) {
    // Somebody went on meanwhile: that it was done stays true.
    if (thrown instanceof RollbookError) return [asNote(act, thrown.message)];
    throw thrown;
  }
}

/** `why` it was not taken as what it was; null: it was. */
const asNote = ({ at, intent }: KeptAct, why: string | null): Draft => ({
  kind: 'note.added',
  occurredAt: at,
  payload: {
    text: `While the timeline could not be written: ${wordsOf(intent)}${why === null ? '' : ` (not taken later: ${why})`}`,
    starred: false,
  },
});

/** "tick: api/1#check-2, yes, seen at 03:20" */
export function wordsOf({ kind, ...rest }: Intent): string {
  const values = Object.values(rest).filter((value) => typeof value === 'string' || typeof value === 'number');
  return `${kind.replaceAll('-', ' ')}${values.length === 0 ? '' : `: ${values.join(', ')}`}`;
}
