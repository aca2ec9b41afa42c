/** Refreshes the parts around the window (tray, notifications, ...) about once a second. Each may fail without the others. */

export type Part<T> = (seen: T) => unknown;

/**
 * Returns a function that passes the result of `look` to each part. A part that fails is reported once until it works again:
 * a broken tray must not fill the log, and a broken part must not stop the clock in the tray.
 */
export function refreshParts<T>(
  look: () => T,
  parts: Readonly<Record<string, Part<T>>>,
  report: (name: string, thrown: unknown) => void,
): () => void {
  const failing = new Set<string>();
  const attempt = (name: string, work: () => unknown): void => {
    const failed = (thrown: unknown): void => {
      if (!failing.has(name)) report(name, thrown);
      failing.add(name);
    };
    try {
      const done = work();
      if (done instanceof Promise) done.then(() => failing.delete(name), failed);
      else failing.delete(name);
    } catch (thrown) {
      failed(thrown);
    }
  };
  return () =>
    attempt('look', () => {
      const seen = look();
      for (const [name, part] of Object.entries(parts)) attempt(name, () => part(seen));
    });
}
