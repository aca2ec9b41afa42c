/**
 * Incident time from wall time. A live incident's is the wall's; a drill's runs from its own start at its own speed, and
 * stands still once the drill is resolved: nobody works at its speed any more.
 */
import type { IncidentState } from './state.ts';

/** Both in milliseconds since the epoch. */
export function incidentNow(state: IncidentState, wallNow: number): number {
  const { drill } = state.declared;
  return drill === null ? wallNow : incidentTime(state, drill.startAt + (wallNow - drill.wallStartAt) * drill.speed);
}

/** What a moment of the tools' clock is in the incident: theirs runs on, or what is undone late would never be done. */
export const incidentTime = ({ declared, resolvedAt }: IncidentState, at: number): number =>
  declared.drill === null ? at : Math.min(at, resolvedAt ?? Infinity);
