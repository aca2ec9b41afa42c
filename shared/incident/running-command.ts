/**
 * A running command: stopping it (product rule 5: interrupt, wait a minute, then a separately confirmed kill), and showing
 * that it ended while its end cannot be recorded.
 */
import { activeRun, type IncidentState, type RunState } from './state.ts';
import type { ExitFact } from './topics/runs-events.ts';
import { exitText } from './timeline-words.ts';

/** How long an interrupted command has to end by itself, in ms of the incident's clock. */
export const KILL_AFTER_MS = 60_000;

export type StopStanding =
  | { readonly kind: 'may-interrupt' }
  | { readonly kind: 'waiting'; readonly sinceMs: number; readonly leftMs: number }
  | { readonly kind: 'may-kill' }
  | { readonly kind: 'killed' };

export function stopStanding({ stopAsked }: Pick<RunState, 'stopAsked'>, now: number): StopStanding {
  if (stopAsked === null) return { kind: 'may-interrupt' };
  if (stopAsked.how === 'kill') return { kind: 'killed' };
  const sinceMs = Math.max(0, now - stopAsked.at);
  if (sinceMs >= KILL_AFTER_MS) return { kind: 'may-kill' };
  return { kind: 'waiting', sinceMs, leftMs: KILL_AFTER_MS - sinceMs };
}

/**
 * What to do with a stop that was asked for before there was a command to stop: wait, drop it (`over`), or stop this run.
 * `sending`: the person's action was sent and is not in the state yet. Once the change has ended only readings follow, and
 * the stop was not meant for those.
 */
export function stopNext(
  state: Pick<IncidentState, 'asked' | 'runs' | 'running'>,
  sending: boolean,
): 'wait' | 'over' | { readonly runId: string } {
  const { asked } = state;
  const since = asked?.at ?? Number.POSITIVE_INFINITY;
  const hasChanged = state.runs.some(
    ({ effect, intendedAt, endedAt }) => effect === 'change' && intendedAt >= since && endedAt !== null,
  );
  if (asked === null ? !sending : hasChanged) return 'over';
  const run = activeRun(state, 'change') ?? activeRun(state);
  if (run === null || run.startedAt === null) return 'wait';
  return run.stopAsked === null ? { runId: run.runId } : 'over';
}

/** The end of a command that Rollbook saw but could not record yet. It is shown; decisions use the timeline alone. */
export interface SeenEnd {
  readonly runId: string;
  readonly exit: ExitFact;
  /** ms since the epoch of the incident's clock. */
  readonly at: number;
}

/** The state to show, with these ends applied. Ends that are on the timeline already change nothing. */
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

/** "The command was stopped (exit code 130). ..." `stopAsked` may also be a stop that is not on the timeline yet. */
export const seenEndText = ({ exit }: Pick<SeenEnd, 'exit'>, stopAsked: RunState['stopAsked']): string =>
  `The command ${stopAsked === null ? 'has ended' : 'was stopped'} (${exitText(exit)}). The next step waits until the timeline can be written.`;
