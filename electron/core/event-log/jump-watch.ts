/** Detects jumps of wall time against monotonic time, and tells sleep from a clock that was set. */
import { uptime } from 'node:os';
import type { Draft } from '#shared/incident/event.ts';
import type { Clock } from '#core/ports.ts';

/** Smaller gaps are ordinary corrections of the clock. */
const GAP_MS = 2_000;

export interface TimeSources {
  readonly clock: Clock;
  /** ms since boot, sleep included (Linux CLOCK_BOOTTIME through libuv, whole seconds). */
  readonly sinceBoot: () => number;
}

/** Returns a function to call about every second. It returns an event when time jumped since the last call. */
export function jumpWatch({ clock, sinceBoot }: TimeSources): () => Draft | null {
  const read = () => ({ wall: clock.now(), mono: clock.monotonic(), boot: sinceBoot() });
  let last = read();
  return () => {
    const now = read();
    const passed = now.mono - last.mono;
    const gap = now.wall - last.wall - passed;
    const slept = now.boot - last.boot - passed;
    last = now;
    if (Math.abs(gap) <= GAP_MS) return null;
    // Whole seconds of uptime: anything over one second more than monotonic time was sleep.
    return {
      kind: 'clock.jumped',
      payload: { byMs: Math.round(gap), cause: slept > GAP_MS - 1_000 ? 'sleep' : 'set' },
    };
  };
}

/** ms since this machine was started. */
export const sinceBootMs = (): number => uptime() * 1_000;
