/** Shows each notice once, also across restarts: the keys of shown notices are kept with the settings. */
import type { Notice } from './due-notices.ts';

export interface NotificationLog {
  /** Returns the notices to show now and counts them as shown. `ids`: the incidents that are not closed. */
  pick(due: readonly Notice[], ids: ReadonlySet<string>): readonly Notice[];
  /** The log to store, or null when nothing changed since the last call. */
  changed(): readonly string[] | null;
}

/** `kept` is what an earlier start kept; anything else than a list of texts is as good as nothing. */
export function notificationLog(kept: unknown): NotificationLog {
  const keys = new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []);
  let dirty = false;
  return {
    pick(due, ids) {
      const fresh = due.filter(({ key }) => !keys.has(key));
      for (const { key } of fresh) keys.add(key);
      const over = [...keys].filter((key) => !ids.has(key.split(' ')[0] ?? ''));
      for (const key of over) keys.delete(key);
      dirty ||= fresh.length > 0 || over.length > 0;
      const newest = new Map(fresh.map((notice) => [notice.series, notice]));
      return [...newest.values()];
    },
    changed() {
      if (!dirty) return null;
      dirty = false;
      return [...keys];
    },
  };
}
