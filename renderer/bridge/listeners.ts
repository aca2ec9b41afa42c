/** The window's listeners for each push. */
import type { Push, PushName, Pushes } from '#shared/api/pushes.ts';

export class PushListeners {
  #sets = new Map<PushName, Set<(payload: never) => void>>();

  /** Returns the function that removes the listener. */
  add<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void {
    // A new object, so that the same function can be added twice and removed once.
    const entry = (payload: never): void => listener(payload);
    const set = this.#sets.get(name) ?? new Set();
    this.#sets.set(name, set.add(entry));
    return () => void set.delete(entry);
  }

  tell(push: Push): void {
    for (const listener of [...(this.#sets.get(push.name) ?? [])]) listener(push.payload as never);
  }
}
