/** One finished drill or incident, for the history, the schedule and "last proven". */
import type { Score } from './score.ts';

export interface DrillRecord extends Score {
  readonly id: string;
  readonly kind: 'live' | 'drill';
  readonly adapter: 'real' | 'simulated';
  readonly title: string;
  readonly severity: string;
  /** Wall time, ms since the epoch, because the clock of a drill may have any time. */
  readonly heldAt: number;
  readonly scenario: string | null;
  readonly procedureId: string | null;
  readonly outcome: string | null;
  /** The expected outcome of the scenario; null: not a scenario. */
  readonly expected: string | null;
  readonly targetMs: number | null;
  readonly mitigationMs: number | null;
  readonly met: boolean | null;
}
