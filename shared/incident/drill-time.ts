/**
 * Incident time from wall time. A live incident's is the wall's; a drill's runs from its own start at its own speed, and
 * stands still once the drill is over: nobody works at its speed any more.
 */
import { openPairs } from './owed-pairs.ts';
import type { IncidentState } from './state.ts';

/** Both in milliseconds since the epoch. */
export function incidentNow(state: IncidentState, wallNow: number): number {
  const { drill } = state.declared;
  if (drill === null) return wallNow;
  return Math.min(drill.startAt + (wallNow - drill.wallStartAt) * drill.speed, overAt(state) ?? Infinity);
}

/**
 * When the drill was over, or null while it goes on. Resolved with something left open (machines stopped, users locked
 * out) it goes on until that is undone: machines that start, and pages that come back, need its time.
 */
export function overAt(state: IncidentState): number | null {
  const { resolvedAt, stoppedMachines, maintenance } = state;
  if (resolvedAt === null || openPairs(state).length > 0) return null;
  return Math.max(resolvedAt, stoppedMachines?.backAt ?? 0, maintenance?.offAt ?? 0);
}
