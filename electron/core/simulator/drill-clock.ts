import type { Clock } from '#core/ports.ts';

export interface DrillTime {
  /** Drill milliseconds per millisecond of the base clock; above 0. */
  readonly speed: number;
  /** Drill time at the start, ms since the epoch. */
  readonly startAt: number;
  /** The base clock's time at the start; now, unless a drill is continued. */
  readonly wallStartAt?: number;
}

/** Drill time: at = startAt + (wall - wallStartAt) * speed. A sleep takes its length divided by the speed. */
export function drillClock(base: Clock, { speed, startAt, wallStartAt = base.now() }: DrillTime): Clock {
  return {
    now: () => Math.round(startAt + (base.now() - wallStartAt) * speed),
    monotonic: () => base.monotonic() * speed,
    sleep: (ms, signal) => base.sleep(ms / speed, signal),
  };
}
