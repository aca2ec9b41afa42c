/** Computes an incident's row from its events, to verify the stored row and to replace a damaged one. */
import { reduce } from '#shared/incident/reduce.ts';
import type { Purged } from '#shared/incident/topics/purge-events.ts';
import { readEvents } from '#shared/incident/upcast.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { PURGED_TITLE } from '#core/store/purge.ts';
import type { Incident, Store } from '#core/store/store.ts';
import { summaryChange } from './summaries.ts';

export type RowFromEvents = Pick<
  Incident,
  'kind' | 'adapter' | 'title' | 'severity' | 'status' | 'declaredAt' | 'summary'
>;

interface Parts {
  readonly store: Pick<Store, 'events'>;
  readonly runbooks: Pick<RunbookRepository, 'pinnedBy'>;
}

/** Null: needed payloads were purged, or an event is damaged or from a newer version. Codes: those of the store. */
export function rowFromEvents({ store, runbooks }: Parts, incidentId: string): RowFromEvents | null {
  const reading = readEvents(store.events(incidentId));
  const purge = reading.events.findLast((event) => event.kind === 'incident.purged');
  if (purge?.kind === 'incident.purged' && purge.payload !== null) return ofPurged(purge.payload.listed);
  if (reading.newer !== null || reading.damaged.length > 0 || reading.purged > 0) return null;
  const state = reduce(reading.events);
  if (state === null) return null;
  const { kind, adapter, title } = state.declared;
  const {
    severity = state.severity,
    status = 'open',
    summary = {},
  } = summaryChange(state, runbooks.pinnedBy(incidentId).model);
  return { kind, adapter, title, declaredAt: state.declaredAt, severity, status, summary };
}

function ofPurged({ kind, adapter, severity, status, declaredAt, ...summary }: Purged['listed']): RowFromEvents {
  return {
    kind,
    adapter,
    title: PURGED_TITLE,
    declaredAt,
    severity,
    status,
    summary: { ...summary, handedOver: null },
  };
}

/** The row itself, or for a damaged one the row from its events, if those can be read. */
export function mended(parts: Parts, incident: Incident): Incident {
  if (incident.damaged === undefined) return incident;
  try {
    return { ...incident, ...rowFromEvents(parts, incident.id) };
  } catch {
    return incident;
  }
}
