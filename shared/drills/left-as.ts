import type { IncidentSummary } from '../api/incident-summary.ts';
import { begunAt } from './held-at.ts';

/**
 * The state of an open incident that nobody works on. `interrupted`: Rollbook crashed or was ended while something ran.
 * `unattended`: Rollbook was closed while nothing ran; the clocks go on, in drills too. Null: somebody works on it, it is
 * over, or it was handed over.
 */
export function leftAs({
  status,
  attended,
  interrupted,
  handedOver,
}: Pick<IncidentSummary, 'status' | 'attended' | 'interrupted' | 'handedOver'>): 'interrupted' | 'unattended' | null {
  if (status !== 'open' || attended || handedOver !== null) return null;
  return interrupted ? 'interrupted' : 'unattended';
}

/** One sentence for each state. */
export const LEFT_AS = {
  interrupted: 'interrupted: it is open, and Rollbook was ended in the middle of it.',
  unattended: 'unattended: it is open, and nobody works on it; its clocks go on.',
} as const;

/** A drill left for longer than this was not interrupted by lunch. */
const ABANDONED_MS = 8 * 3_600_000;

/** An open drill that nobody works on, begun hours ago. Live incidents never count. `now`: wall clock, ms. */
export const isAbandoned = (incident: IncidentSummary, now: number): boolean =>
  incident.kind === 'drill' && leftAs(incident) !== null && now - begunAt(incident) > ABANDONED_MS;
