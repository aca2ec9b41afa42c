/** Who in the window listens to which push. */
import type { Push, PushName, Pushes } from '#shared/contract/pushes.ts';

export interface PushListeners {
  add<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
  tell(push: Push): void;
}

export function pushListeners(): PushListeners {
  const sets = new Map<PushName, Set<(payload: never) => void>>();
  return {
    add(name, listener) {
      // An entry of its own, so that the same function given twice is told twice and ended one by one.
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
