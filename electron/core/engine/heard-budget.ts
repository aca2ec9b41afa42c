/** Memory for what running commands print, for all incidents of a process together. */

/** Four commands that print all that is kept of one. */
const TOTAL_BYTES = 64 * 1024 * 1024;

export class HeardBudget {
  #held = 0;

  /** Answers how many of these bytes may be kept. */
  take(bytes: number): number {
    const granted = Math.min(bytes, TOTAL_BYTES - this.#held);
    this.#held += granted;
    return granted;
  }

  giveBack(bytes: number): void {
    this.#held -= bytes;
  }

  /** Bytes that are kept now. */
  get held(): number {
    return this.#held;
  }
}
