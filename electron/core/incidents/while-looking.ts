/** A read-only look beside a changing command, again and again; it never delays the command, and nobody waits for it. */
import type { Scene } from './scene.ts';

/**
 * Answers what `work` answers, as soon as it does. `everyMs`: of the incident's clock, also before the first look unless
 * `firstMs` says otherwise. What a look throws is nobody's trouble: the next one may do better.
 */
export async function whileLooking<T>(
  scene: Scene,
  everyMs: number,
  look: (signal: AbortSignal) => Promise<void>,
  work: () => Promise<T>,
  firstMs = everyMs,
): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, scene.letGo]);
  void keepLooking(scene, { firstMs, everyMs }, look, signal);
  try {
    return await work();
  } finally {
    over.abort();
  }
}

async function keepLooking(
  scene: Scene,
  { firstMs, everyMs }: { readonly firstMs: number; readonly everyMs: number },
  look: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let waitMs = firstMs; ; waitMs = everyMs) {
    await scene.adapter.clock.sleep(waitMs, signal);
    if (signal.aborted) return;
    await look(signal).catch(() => undefined);
  }
}
