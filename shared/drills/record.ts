/** One finished rehearsal or incident as the history, the schedule and "last proven" look at it. */
import type { Score } from './score.ts';

export interface DrillRecord extends Score {
  readonly id: string;
  readonly kind: 'live' | 'drill';
  readonly adapter: 'real' | 'simulated';
  readonly title: string;
  readonly severity: string;
  /** Wall time, ms since the epoch: a drill's own clock may tell any time. */
  readonly heldAt: number;
  readonly scenario: string | null;
  readonly procedureId: string | null;
  readonly outcome: string | null;
  /** How the scenario declares that it ends; null: it is not one. */
  readonly expected: string | null;
  readonly targetMs: number | null;
  readonly mitigationMs: number | null;
  readonly met: boolean | null;
}
