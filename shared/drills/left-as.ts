import type { IncidentSummary } from '../contract/incident-summary.ts';

/**
 * How an open incident that nobody works on was left; somebody goes on with it, or ends it. `interrupted`: the Rollbook
 * that worked on it died, or ended in the middle of something. `unattended`: it was closed there, and nothing was under
 * way; its clocks go on all the same, a drill's too.
 * Null: somebody works on it, it is over, or it goes on elsewhere.
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

/** What the words mean, a sentence each. */
export const LEFT_AS = {
  interrupted: 'interrupted: it is open, and the Rollbook that worked on it ended in the middle of it.',
  unattended: 'unattended: it is open, and nobody works on it; its clocks go on.',
} as const;
