/** The number of connected windows, with promises to wait for a change. */
export class WindowCount {
  #count = 0;
  #seen = Promise.withResolvers<void>();
  #change = Promise.withResolvers<void>();

  /** Resolves when the first window has connected. */
  readonly seen: Promise<void> = this.#seen.promise;

  changed(windows: number): void {
    this.#count = windows;
    if (windows > 0) this.#seen.resolve();
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }

  /** Resolves when no window is connected, at once if so. */
  async empty(): Promise<void> {
    while (this.#count > 0) await this.#change.promise;
  }

  /** Resolves at the next change. */
  next(): Promise<void> {
    return this.#change.promise;
  }
}
