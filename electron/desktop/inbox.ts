/** Holds what arrives before anybody can take it: macOS names the file to open before the app is ready. */

export interface Inbox<T> {
  put(item: T): void;
  /** Takes what waits, in order, and from then on everything at once. */
  open(take: (item: T) => void): void;
}

export function inbox<T>(): Inbox<T> {
  const waiting: T[] = [];
  let taker: ((item: T) => void) | null = null;
  return {
    put(item) {
      if (taker === null) waiting.push(item);
      else taker(item);
    },
    open(take) {
      taker = take;
      for (const item of waiting.splice(0)) take(item);
    },
  };
}
