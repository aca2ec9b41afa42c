/** How a running command is stopped (product rule 5): interrupt, a minute of waiting, then a separately confirmed kill. */
import type { RunState } from './state.ts';

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
