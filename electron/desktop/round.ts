/** The shell's look around, about once a second: every part of it may fail without the others. */

export type Part<T> = (seen: T) => unknown;

/**
 * `look` answers what is seen; each part is then given it. A part that fails is told once until it works again:
 * a comfort that is broken must not fill the log, and must not stop the clock in the tray.
 */
export function round<T>(
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
