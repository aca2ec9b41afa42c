import type { Clock } from '#core/ports.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still while anything can run, then jumps to the next sleeper's time: no real waiting, and the
 * same times in every run.
 */
export function steppingClock(startAt: number): Clock {
  let at = startAt;
  let scheduled = false;
  const sleepers: Sleeper[] = [];

  const schedule = (): void => {
    if (scheduled || sleepers.length === 0) return;
    scheduled = true;
    // After everything that is ready, promises included.
    setImmediate(() => {
      scheduled = false;
      const first = sleepers.sort((a, b) => a.until - b.until).shift();
      if (first === undefined) return;
      at = Math.max(at, first.until);
      first.wake();
      schedule();
    });
  };

  return {
    now: () => at,
    monotonic: () => at - startAt,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper: Sleeper = { until: at + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            const place = sleepers.indexOf(sleeper);
            if (place >= 0) sleepers.splice(place, 1);
            resolve();
          },
          { once: true },
        );
        schedule();
      }),
  };
}
