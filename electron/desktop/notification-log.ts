/** Shows each notice once, also across restarts: the keys of shown notices are kept with the settings. */
import type { Notice } from './due-notices.ts';

export class NotificationLog {
  #keys: Set<string>;
  #dirty = false;

  /** `kept` is what an earlier start kept; anything else than a list of texts is as good as nothing. */
  constructor(kept: unknown) {
    this.#keys = new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []);
  }

  /** Returns the notices to show now and counts them as shown. `ids`: the incidents that are not closed. */
  pick(due: readonly Notice[], ids: ReadonlySet<string>): readonly Notice[] {
    const fresh = due.filter(({ key }) => !this.#keys.has(key));
    for (const { key } of fresh) this.#keys.add(key);
    const over = [...this.#keys].filter((key) => !ids.has(key.split(' ')[0] ?? ''));
    for (const key of over) this.#keys.delete(key);
    this.#dirty ||= fresh.length > 0 || over.length > 0;
    const newest = new Map(fresh.map((notice) => [notice.series, notice]));
    return [...newest.values()];
  }

  /** The log to store, or null when nothing changed since the last call. */
  changed(): readonly string[] | null {
    if (!this.#dirty) return null;
    this.#dirty = false;
    return [...this.#keys];
  }
}
