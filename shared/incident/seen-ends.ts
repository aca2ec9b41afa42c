/**
 * Ends of commands that a living Rollbook saw and could not write down yet: they are shown, and nothing is decided from
 * them. The timeline alone decides.
 */
import type { ExitFact } from './exit-fact.ts';
import type { IncidentState, RunState } from './state.ts';
import { exitText } from './timeline-words.ts';

export interface SeenEnd {
  readonly runId: string;
  readonly exit: ExitFact;
  /** ms since the epoch of the incident's clock. */
  readonly at: number;
}

/** The state as a person is shown it. One that is on the timeline already changes nothing. */
export function withSeenEnds(state: IncidentState, ends: readonly SeenEnd[]): IncidentState {
  return ends.reduce((shown, { runId, exit, at }) => {
    const run = shown.runs.get(runId);
    if (run === undefined || run.endedAt !== null) return shown;
    return {
      ...shown,
      runs: shown.runs.set(runId, { ...run, exit, endedAt: at }),
      running: shown.running.filter((id) => id !== runId),
    };
  }, state);
}

/** "The command was stopped (exit code 130). ..." `stopAsked`: also one that is not on the timeline yet. */
export const seenEndText = ({ exit }: Pick<SeenEnd, 'exit'>, stopAsked: RunState['stopAsked']): string =>
  `The command ${stopAsked === null ? 'has ended' : 'was stopped'} (${exitText(exit)}). What follows from it waits until the timeline can be written.`;
