/**
 * The subscriptions of one window, by key. One ends when it is ended, when its key is used again, or when the window
 * closes.
 */
export class Subscriptions {
  #current = new Map<string, Subscription>();
  #closed = false;

  /** Ends the one before of that key. */
  begin(key: string): Subscription {
    this.end(key);
    const subscription = new Subscription();
    if (this.#closed) subscription.end();
    else this.#current.set(key, subscription);
    return subscription;
  }

  end(key: string): void {
    this.#current.get(key)?.end();
    this.#current.delete(key);
  }

  close(): void {
    this.#closed = true;
    for (const key of this.#current.keys()) this.end(key);
  }
}

/** A subscription may end while it is being set up: then whatever is added to it ends at once. */
export class Subscription {
  #ends: (() => void)[] | null = [];

  get over(): boolean {
    return this.#ends === null;
  }

  add(...ends: readonly (() => void)[]): void {
    if (this.#ends === null) for (const end of ends) end();
    else this.#ends.push(...ends);
  }

  end(): void {
    const ends = this.#ends ?? [];
    this.#ends = null;
    for (const end of ends) end();
  }
}
