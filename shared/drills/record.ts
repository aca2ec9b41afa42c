/** One finished drill or incident, for the history, the schedule and "last proven". */
import type { Score } from './score.ts';

/** The autopilot resolves a drill with these words, by which the schedule tells that nobody practised. */
export const AUTOPILOT_SUMMARY = 'Drill run by the autopilot.';

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
  /** No person took part, so nobody practised. */
  readonly autopilot: boolean;
  readonly outcome: string | null;
  /** The expected outcome of the scenario; null: not a scenario. */
  readonly expected: string | null;
  readonly targetMs: number | null;
  readonly mitigationMs: number | null;
  /** From detected to contained, ms; null: never contained. */
  readonly containedMs: number | null;
  /** The time that was held against the target, ms; null: its milestone was not reached. */
  readonly targetElapsedMs: number | null;
  readonly met: boolean | null;
}
