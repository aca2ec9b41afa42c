/** How a running command is stopped (product rule 5): interrupt, a minute of waiting, then a separately confirmed kill. */
import { activeRun, type IncidentState, type RunState } from './state.ts';

/** Milliseconds of the incident's clock that an interrupted command has to end by itself. */
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
 * What becomes of a stop that was asked for before anything could be stopped. `sending`: an act of the person is under
 * way and not in the state yet. After a change only the state is read, which no stop is meant for.
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
