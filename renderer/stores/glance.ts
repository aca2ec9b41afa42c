/** The open incident as it stands once a second, for pictures that must not be drawn anew on each event. */
import { useEffect, useState } from 'react';
import { incidentNow } from '#shared/incident/clocks.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { useConnection } from './connection.ts';
import { incidentParts, useIncidentStore } from './incident.ts';
import { incidentFrom } from './use-incident.ts';

interface Glance {
  readonly id: string;
  readonly state: IncidentState;
  /** The incident's time, ms since the epoch; of one that is over, its end. */
  readonly now: number;
}

/** null while this incident is not open in the window. */
export function useGlance(id: string): Glance | null {
  const [seen, setSeen] = useState(glance);
  useEffect(() => {
    const timer = setInterval(() => setSeen(glance()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return seen?.id === id ? seen : null;
}

function glance(): Glance | null {
  const store = useIncidentStore.getState();
  const incident = incidentFrom(incidentParts(store));
  if (incident === null) return null;
  const { id, state } = incident;
  // A simulated drill stands still while its Rollbook is away.
  const stands = state.declared.adapter === 'simulated' ? useConnection.getState().lostAt : null;
  return { id, state, now: state.resolvedAt ?? incidentNow(state, (stands ?? Date.now()) + store.wallOffset) };
}
