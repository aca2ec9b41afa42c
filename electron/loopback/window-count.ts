/** The number of connected windows, with promises to wait for a change. */

export interface WindowCount {
  readonly changed: (windows: number) => void;
  /** Resolves when a first window was there. */
  readonly seen: Promise<void>;
  /** Resolves when there is none, at once if so. */
  empty(): Promise<void>;
  /** Resolves at the next change. */
  next(): Promise<void>;
}

export function countWindows(): WindowCount {
  let count = 0;
  const seen = Promise.withResolvers<void>();
  let change = Promise.withResolvers<void>();
  return {
    changed(windows) {
      count = windows;
      if (count > 0) seen.resolve();
      change.resolve();
      change = Promise.withResolvers<void>();
    },
    seen: seen.promise,
    async empty() {
      while (count > 0) await change.promise;
    },
    next: () => change.promise,
  };
}
