/** Incident time from wall time. A live incident's is the wall's; a drill's runs from its own start at its own speed. */
import type { IncidentState } from './state.ts';

/** Both in milliseconds since the epoch. */
export function incidentNow(state: IncidentState, wallNow: number): number {
  const { drill } = state.declared;
  return drill === null ? wallNow : drill.startAt + (wallNow - drill.wallStartAt) * drill.speed;
}
