/** Why an incident cannot be opened: there is none, or nothing of it is left. */
import { RollbookError } from '#shared/contract/result.ts';
import type { Store } from '#core/store/store.ts';
import { keptOf } from './summaries.ts';

export const unknownIncident = (incidentId: string): RollbookError =>
  new RollbookError('not-found', `There is no incident "${incidentId}".`, 'List them with `rollbook incidents`.', {
    incidentId,
  });

/** Codes: `not-found`, `not-allowed` (it was purged). */
export function mustBeThere({ incident, purge }: Pick<Store, 'incident' | 'purge'>, incidentId: string): void {
  const row = incident(incidentId);
  if (row === null) throw unknownIncident(incidentId);
  if (!purge.isPurged(incidentId)) return;
  const { purgedAt } = keptOf(row);
  const on = typeof purgedAt === 'number' ? ` on ${new Date(purgedAt).toISOString().slice(0, 10)}` : '';
  throw new RollbookError(
    'not-allowed',
    `Incident ${incidentId} was purged${on}: nothing of what it held is left.`,
    `Its place in the list and its chain of hashes are: rollbook verify ${incidentId}.`,
  );
}
