/** A read-only look beside a changing command, again and again; it never delays the command, and nobody waits for it. */
import type { IncidentContext } from './incident-context.ts';

/**
 * Answers what `work` answers, as soon as it does. `everyMs`: of the incident's clock, also before the first look unless
 * `firstMs` says otherwise. What a look throws is nobody's trouble: the next one may do better.
 */
export async function whileLooking<T>(
  context: IncidentContext,
  everyMs: number,
  look: (signal: AbortSignal) => Promise<void>,
  work: () => Promise<T>,
  firstMs = everyMs,
): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, context.letGo]);
  void keepLooking(context, { firstMs, everyMs }, look, signal);
  try {
    return await work();
  } finally {
    over.abort();
  }
}

async function keepLooking(
  context: IncidentContext,
  { firstMs, everyMs }: { readonly firstMs: number; readonly everyMs: number },
  look: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let waitMs = firstMs; ; waitMs = everyMs) {
    await context.adapter.clock.sleep(waitMs, signal);
    if (signal.aborted) return;
    await look(signal).catch(() => undefined);
  }
}
