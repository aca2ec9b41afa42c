/** A read-only look beside a changing command, again and again; it never delays the command, and nobody waits for it. */
import type { Scene } from './scene.ts';

/**
 * Answers what `work` answers, as soon as it does. `everyMs`: of the incident's clock, also before the first look. What a
 * look throws is nobody's trouble: the next one may do better.
 */
export async function whileLooking<T>(
  scene: Scene,
  everyMs: number,
  look: (signal: AbortSignal) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, scene.letGo]);
  void keepLooking(scene, everyMs, look, signal);
  try {
    return await work();
  } finally {
    over.abort();
  }
}

async function keepLooking(
  scene: Scene,
  everyMs: number,
  look: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await scene.adapter.clock.sleep(everyMs, signal);
    if (signal.aborted) return;
    await look(signal).catch(() => undefined);
  }
}
