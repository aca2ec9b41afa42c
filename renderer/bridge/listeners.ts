/** The window's listeners for each push. */
import type { Push, PushName, Pushes } from '#shared/api/pushes.ts';

export interface PushListeners {
  add<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
  tell(push: Push): void;
}

export function pushListeners(): PushListeners {
  const sets = new Map<PushName, Set<(payload: never) => void>>();
  return {
    add(name, listener) {
      // A new object, so that the same function can be added twice and removed once.
      const entry = (payload: never): void => listener(payload);
      const set = sets.get(name) ?? new Set();
      sets.set(name, set.add(entry));
      return () => void set.delete(entry);
    },
    tell(push) {
      for (const listener of [...(sets.get(push.name) ?? [])]) listener(push.payload as never);
    },
  };
}
