/**
 * Virtual time. It stands still while anything can run, then jumps to the next timer, so a watch of
 * 30 minutes takes no longer than its events. Only for what runs in this process: a real program knows nothing of it.
 */
import type { Clock } from '#core/ports.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export interface VirtualTime {
  readonly clock: Clock;
  /** Lets time pass until the promise settles; otherwise it stands still. */
  passUntil<T>(promise: Promise<T>): Promise<T>;
  /** Stops time at the end of a test, even if something still waits. */
  end(): void;
}

export function virtualTime(startAt: number): VirtualTime {
  let at = startAt;
  let awaited = 0;
  let passing = false;
  const sleepers: Sleeper[] = [];

  const pass = async (): Promise<void> => {
    if (passing) return;
    passing = true;
    while (awaited > 0) {
      await quiet();
      if (awaited === 0) break;
      const next = sleepers.sort((a, b) => a.until - b.until).shift();
      if (next === undefined) continue;
      at = Math.max(at, next.until);
      next.wake();
    }
    passing = false;
  };

  return {
    clock: {
      now: () => at,
      monotonic: () => at - startAt,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted === true) return resolve();
          const abort = (): void => {
            const place = sleepers.indexOf(sleeper);
            if (place >= 0) sleepers.splice(place, 1);
            resolve();
          };
          const wake = (): void => {
            signal?.removeEventListener('abort', abort);
            resolve();
          };
          const sleeper: Sleeper = { until: at + ms, wake };
          sleepers.push(sleeper);
          signal?.addEventListener('abort', abort, { once: true });
        }),
    },
    passUntil(promise) {
      awaited += 1;
      void pass();
      return promise.finally(() => {
        awaited -= 1;
      });
    },
    end() {
      awaited = Number.NEGATIVE_INFINITY;
    },
  };
}

/** How Node names them among its active resources: file accesses, and the port of a thread that has a job. */
const UNDER_WAY = /^FSReq|^CloseReq$|^MessagePort$/;
const underWay = (): number => process.getActiveResourcesInfo().filter((name) => UNDER_WAY.test(name)).length;
/** A test runner's own port, where tests run in a thread. */
const ALWAYS = underWay();

/** Resolves when this process runs no code, no file access and no job of a thread. */
async function quiet(): Promise<void> {
  for (let turns = 0; turns < 2; ) {
    await new Promise((resolve) => setImmediate(resolve));
    turns = underWay() > ALWAYS ? 0 : turns + 1;
  }
}

/** A clock whose time always passes. */
export function steppingClock(startAt: number): Clock {
  const time = virtualTime(startAt);
  // Only while a timer is set; otherwise the process would never end.
  return { ...time.clock, sleep: (ms, signal) => time.passUntil(time.clock.sleep(ms, signal)) };
}
