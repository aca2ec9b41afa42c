/** An act in an incident of which events are damaged: nothing is taken up or started, and what people say is taken. */
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { planFor } from './intent-handlers/table.ts';
import type { FromIntent } from '../event-log/event-log.ts';
import type { IncidentContext } from '../engine/incident-context.ts';
import { onlySays } from './write-kept.ts';

/** Codes: `read-only` (it does more than say something), `lease-held`, and those of `planFor` and the store. */
export async function onlySay(
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
      if (!onlySays(plan)) eventLog.unread.mustBeNone();
      return plan.drafts;
    };
    return await eventLog.tryAppend(actor, decide, from);
  } finally {
    await store.leases.release(incidentId);
  }
}
