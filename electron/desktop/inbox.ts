/** Holds items until somebody can take them: macOS names the file to open before the app is ready. */
export class Inbox<T> {
  #waiting: T[] = [];
  #take: ((item: T) => void) | null = null;

  put(item: T): void {
    if (this.#take === null) this.#waiting.push(item);
    else this.#take(item);
  }

  /** Hands over the waiting items in order, and later ones at once. */
  open(take: (item: T) => void): void {
    this.#take = take;
    for (const item of this.#waiting.splice(0)) take(item);
  }
}
