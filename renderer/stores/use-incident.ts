/** The open incident and what is derived from its events, for components below IncidentProvider. */
import type { List } from 'immutable';
import { createContext, useContext, useEffect } from 'react';
import type { IncidentView } from '#shared/api/calls.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { incidentNow } from '#shared/incident/clocks.ts';
import { handedOverText } from '#shared/incident/topics/handover.ts';
import { withSeenEnds } from '#shared/incident/running-command.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { useConnection } from './connection.ts';
import { type IncidentParts, openIncident, useIncidentStore, whyReadOnly } from './incident.ts';
import { useTick } from './tick.ts';
import type { Timeline } from './timeline.ts';

export interface Incident {
  readonly id: string;
  readonly view: IncidentView;
  readonly events: List<IncidentEvent>;
  readonly timeline: Timeline;
  readonly state: IncidentState;
  readonly runbook: Runbook;
  /** Why nothing can be changed here, or null. */
  readonly readOnly: string | null;
}

/** null when no incident is open or its declaration was purged. */
export function incidentFrom({ view, events, timeline, state, ended }: IncidentParts): Incident | null {
  if (view === null || state === null) return null;
  return {
    id: view.summary.id,
    view,
    events,
    timeline,
    state: withSeenEnds(state, ended),
    runbook: view.runbook.model,
    readOnly: whyReadOnly(view) ?? handedOverText(state),
  };
}

export const IncidentContext = createContext<Incident | null>(null);

export function useIncident(): Incident {
  const incident = useContext(IncidentContext);
  if (incident === null) throw new Error('useIncident needs an IncidentProvider above it.');
  return incident;
}

/**
 * Incident time in ms, updated every second of it (at most five times a second in a fast drill). In a simulated drill it
 * stands still while the connection is lost.
 */
export function useIncidentNow(): number {
  const { state } = useIncident();
  const wallOffset = useIncidentStore((store) => store.wallOffset);
  const speed = state.declared.drill?.speed ?? 1;
  const lostAt = useConnection((connection) => connection.lostAt);
  const now = useTick(Math.max(200, 1_000 / speed));
  // A simulated drill ends with its Rollbook; a live incident continues.
  const stands = state.declared.adapter === 'simulated' ? lostAt : null;
  return incidentNow(state, (stands ?? now) + wallOffset);
}

/** Opens the incident unless it is open already; true once it is. */
export function useOpened(id: string): boolean {
  const opened = useIncidentStore((store) => store.view?.summary.id === id);
  useEffect(() => {
    if (useIncidentStore.getState().view?.summary.id !== id) void openIncident(id);
  }, [id]);
  return opened;
}
