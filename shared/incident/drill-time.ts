/**
 * Incident time from wall time. A live incident's is the wall's; a drill's runs from its own start at its own speed, and
 * stands still once the drill is resolved: nobody works at its speed any more.
 */
import type { IncidentState } from './state.ts';

/** Both in milliseconds since the epoch. */
export function incidentNow(state: IncidentState, wallNow: number): number {
  const { drill } = state.declared;
  if (drill === null) return wallNow;
  return Math.min(drill.startAt + (wallNow - drill.wallStartAt) * drill.speed, state.resolvedAt ?? Infinity);
}
