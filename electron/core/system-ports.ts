/** The system's own clock, timers and random ids. Nothing else in the core asks for them: oxlint refuses it. */
import { ulid } from 'ulid';
import type { Clock, Ports, Timers } from './ports.ts';

/** Node fires timers beyond this at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** Wall time, and the monotonic clock of the machine; what a live incident runs on. */
export function systemClock(): Clock {
  const monotonic = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;
  return {
    now: () => Date.now(),
    monotonic,
    async sleep(ms, signal) {
      const end = monotonic() + ms;
      for (let left = ms; left > 0 && signal?.aborted !== true; left = end - monotonic()) {
        await pause(Math.min(left, TIMER_MAX_MS), signal);
      }
    },
  };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.ceil(ms));
    signal?.addEventListener('abort', done, { once: true });
  });
}

const systemTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every(ms, work) {
    const timer = setInterval(work, ms).unref();
    return () => clearInterval(timer);
  },
};

export const systemPorts = (): Ports => ({ clock: systemClock(), timers: systemTimers, newId: ulid });
