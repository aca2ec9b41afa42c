import { canonical } from '#shared/incident/canonical-json.ts';
import type { Connection } from './connection.ts';
import { type DamageBook, parsedOr } from './damage.ts';

/** Settings of this machine: any JSON value under a key. Secrets do not belong here, only their sources. */
export interface Settings {
  /** The value under the key, or null; a damaged one counts as not set, and is reported (Store.damage). */
  readonly get: (key: string) => unknown;
  /** Code: `bad-arguments` (not a JSON value). */
  readonly set: (key: string, value: unknown) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly keys: () => readonly string[];
}

export function settingsPart({ db, read, write }: Connection, damage: DamageBook): Settings {
  const sql = {
    get: db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck(),
    set: db.prepare<[string, string]>(
      'INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ),
    remove: db.prepare<[string]>('DELETE FROM settings WHERE key = ?'),
    keys: db.prepare<[], string>('SELECT key FROM settings ORDER BY key').pluck(),
  };
  const valueOf = (key: string, text: string): unknown => {
    const value = parsedOr(text);
    if (value === undefined) damage.note(`setting ${key}`, `The setting "${key}" is damaged`, SET_AGAIN);
    return value ?? null;
  };
  return {
    get: (key) =>
      read(() => {
        const text = sql.get.get(key);
        return text === undefined ? null : valueOf(key, text);
      }),
    async set(key, value) {
      const text = canonical(value);
      await write(() => void sql.set.run(key, text));
      damage.mended(`setting ${key}`);
    },
    async remove(key) {
      await write(() => void sql.remove.run(key));
      damage.mended(`setting ${key}`);
    },
    keys: () => read(() => sql.keys.all()),
  };
}

const SET_AGAIN = 'It counts as not set; the others are not touched. Set it again ("rollbook settings" lists them).';
