/** Sends one intent from the command line, and says where it is kept if the store does not take it. */
import type { Intent } from '#shared/incident/intent.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { wordsOf } from '#core/incidents/without-store.ts';

/** Codes: those of OpenIncident.act; `store-unwritable` or `disk-full` also when it was kept beside the store. */
export async function actOnce(
  incident: OpenIncident,
  intent: Intent,
  { operator, newId }: { readonly operator: string; readonly newId: () => string },
): Promise<void> {
  const { kept } = await incident.act(intent, operator, newId(), incident.context.eventLog.state.seq);
  const { problem } = incident.context.storageHealth;
  if (kept) throw new RollbookError(problem?.code ?? 'store-unwritable', keptText(incident), problem?.advice);
}

/**
 * Sends an intent and prints what became of it if the store did not take it, with readings that were taken meanwhile.
 * Codes: those of OpenIncident.act.
 */
export async function actAndSay(
  incident: OpenIncident,
  intent: Intent,
  actor: string,
  say: (text: string) => void,
): Promise<void> {
  const { eventLog, storageHealth, newId } = incident.context;
  const before = new Set(storageHealth.acts.list);
  const { kept } = await incident.act(intent, actor, newId(), eventLog.state.seq);
  if (!kept) return;
  const readings = storageHealth.acts.list.filter((act) => !before.has(act) && act.intent.kind !== intent.kind);
  for (const { intent: reading } of readings) say(`${wordsOf(reading)}\n`);
  say(`${keptText(incident)}\n`);
}

/** Where an act is kept that the store did not take. */
function keptText({ context: { storageHealth } }: OpenIncident): string {
  const { path } = storageHealth.acts;
  const where =
    path === null
      ? 'What you did could not be kept in a file either: it is in memory until Rollbook ends.'
      : `What you did is kept in ${path}, and goes on the timeline as soon as it can be written.`;
  return `${storageHealth.problem?.message ?? 'The timeline cannot be written.'} ${where}`;
}
