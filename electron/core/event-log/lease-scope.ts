/** A process's hold on an incident: one signal a time of steering, aborted when the hold is lost or given up. */
export class LeaseScope {
  #controller = new AbortController();

  /** Of the present hold, or of the last one. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Everything under the present hold ends; what is begun from now on belongs to the next one. */
  end(): void {
    this.#controller.abort(new LeaseLost());
  }

  /** Begins a new hold when the last one ended. */
  take(): void {
    if (this.#controller.signal.aborted) this.#controller = new AbortController();
  }
}

/** Thrown by work that ended because its hold did: nobody is told, the next holder goes on with it. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** The promise's value, unless the hold ends first. */
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
