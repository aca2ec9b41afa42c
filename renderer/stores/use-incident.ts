/** The open incident with everything derived from its events, for the screens below IncidentProvider. */
import type { List } from 'immutable';
import { createContext, useContext, useEffect } from 'react';
import type { IncidentView } from '#shared/contract/calls.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { incidentNow } from '#shared/incident/clocks.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { useConnection } from './connection.ts';
import { openIncident, useIncidentStore } from './incident.ts';
import { useTick } from './tick.ts';
import type { Timeline } from './timeline.ts';

export interface Incident {
  readonly id: string;
  readonly view: IncidentView;
  readonly events: List<IncidentEvent>;
  readonly timeline: Timeline;
  readonly state: IncidentState;
  readonly runbook: Runbook;
  /** Why nothing can be done here, or null. */
  readonly readOnly: string | null;
}

export const IncidentContext = createContext<Incident | null>(null);

export function useIncident(): Incident {
  const incident = useContext(IncidentContext);
  if (incident === null) throw new Error('useIncident needs an IncidentProvider above it.');
  return incident;
}

/** Incident time in ms, renewed every second of it (at most five times a second in a fast drill). That of a simulated drill stands while nothing is heard. */
export function useIncidentNow(): number {
  const { state } = useIncident();
  const wallOffset = useIncidentStore((store) => store.wallOffset);
  const speed = state.declared.drill?.speed ?? 1;
  const lostAt = useConnection((connection) => connection.lostAt);
  const now = useTick(Math.max(200, 1_000 / speed));
  // What is simulated ended with its Rollbook; a live incident goes on, whoever shows it.
  const stands = state.declared.adapter === 'simulated' ? lostAt : null;
  return incidentNow(state, (stands ?? now) + wallOffset);
}

/** Opens the incident in the store when another one, or none, is open there; true once it is. */
export function useOpened(id: string): boolean {
  const opened = useIncidentStore((store) => store.view?.summary.id === id);
  useEffect(() => {
    if (useIncidentStore.getState().view?.summary.id !== id) void openIncident(id);
  }, [id]);
  return opened;
}
