/**
 * The time during which this process holds an incident's lease. Each has a signal that is aborted when the lease is lost
 * or released.
 */
export class LeaseScope {
  #controller = new AbortController();

  /** The signal of the current lease, or of the last one. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends all work under the current lease. */
  end(): void {
    this.#controller.abort(new LeaseLost());
  }

  /** Begins a new lease if the last one has ended. */
  take(): void {
    if (this.#controller.signal.aborted) this.#controller = new AbortController();
  }
}

/** Thrown by work that ended because the lease did. It is not reported: the next lease holder continues the work. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Waits for `work`. Rejects with LeaseLost when `signal` is aborted first. */
export async function whileHeld<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) throw new LeaseLost();
  let stop = (): void => undefined;
  const lost = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new LeaseLost());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, lost]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
