import type { Clock } from '#core/ports.ts';

export interface DrillTime {
  /** How many drill milliseconds pass in one of the base clock's; above 0. */
  readonly speed: number;
  /** Drill time at the start, ms since the epoch. */
  readonly startAt: number;
  /** The base clock's time at the start; now, unless a drill is taken up again. */
  readonly wallStartAt?: number;
  /** Drill time at which the drill was over, or null while it goes on: it stands still there. */
  readonly overAt?: () => number | null;
}

/** Drill time: at = startAt + (wall - wallStartAt) * speed, up to its end. A sleep takes its length divided by the speed. */
export function drillClock(
  base: Clock,
  { speed, startAt, wallStartAt = base.now(), overAt = () => null }: DrillTime,
): Clock {
  return {
    now: () => Math.min(Math.round(startAt + (base.now() - wallStartAt) * speed), overAt() ?? Infinity),
    monotonic: () => base.monotonic() * speed,
    sleep: (ms, signal) => base.sleep(ms / speed, signal),
  };
}
