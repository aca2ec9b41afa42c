/** Locks are held for milliseconds; a longer one is waited for here, without blocking the event loop. */
import { isBusy } from './sqlite-error.ts';

/** How long SQLite itself waits inside a call, ms. It blocks the process, so it is short. */
export const BUSY_TIMEOUT_MS = 10;
/** Waits in ms between tries, about 10 s in all. */
const WAITS = [2, 5, 10, 20, 40, 80, 160, 320, 500, ...Array<number>(18).fill(500)];
/** A read meets a lock only while another process recovers or closes the file. */
const READ_TRIES = 50;

/** Tries again while SQLite answers busy; the last answer is thrown. */
export async function retryBusy<T>(sleep: (ms: number) => Promise<void>, work: () => T): Promise<T> {
  for (const wait of WAITS) {
    try {
      return work();
    } catch (thrown) {
      if (!isBusy(thrown)) throw thrown;
      await sleep(wait);
    }
  }
  return work();
}

/** For reads, which are synchronous: waits at most READ_TRIES times BUSY_TIMEOUT_MS inside SQLite. */
export function retryBusyNow<T>(work: () => T): T {
  for (let tries = 1; tries < READ_TRIES; tries += 1) {
    try {
      return work();
    } catch (thrown) {
      if (!isBusy(thrown)) throw thrown;
    }
  }
  return work();
}
