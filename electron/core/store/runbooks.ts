import { canonical } from '#shared/incident/canonical-json.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Connection } from './connection.ts';
import type { DamageBook } from './damage.ts';
import { sha256 } from './sha256.ts';

interface Row extends Pick<StoredRunbook, 'hash' | 'name' | 'source'> {
  readonly added_at: number;
  readonly model_hash: string;
  readonly model_version: number;
  readonly model: string;
}

export function runbookPart({ db, read, write, now }: Connection, damage: DamageBook): Runbooks {
  const sql = {
    insert: db.prepare<[string, string, string, number]>(
      'INSERT INTO runbooks VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET source = excluded.source',
    ),
    insertModel: db.prepare<[string, string, number, string, number]>(
      'INSERT INTO models VALUES (?, ?, ?, ?, ?) ON CONFLICT (model_hash) DO UPDATE SET model = excluded.model',
    ),
    get: db.prepare<{ hash: string; model: string | null }, Row>(
      `SELECT runbooks.*, model_hash, model_version, model FROM runbooks JOIN models ON runbook_hash = hash
       WHERE hash = @hash AND (@model IS NULL OR model_hash = @model) ORDER BY models.rowid DESC LIMIT 1`,
    ),
    text: db.prepare<[string], Pick<Row, 'name' | 'source'>>('SELECT name, source FROM runbooks WHERE hash = ?'),
    model: db.prepare<[string], Pick<Row, 'hash' | 'name' | 'model_version' | 'model'>>(
      'SELECT hash, name, model_version, model FROM models JOIN runbooks ON hash = runbook_hash WHERE model_hash = ?',
    ),
    list: db.prepare<[], Pick<Row, 'hash' | 'name' | 'added_at'>>(
      'SELECT hash, name, added_at FROM runbooks ORDER BY added_at DESC, rowid DESC',
    ),
  };
  const tell = (name: string, hash: string) => damage.note(`runbook ${hash}`, changed(name, hash), ADD_AGAIN);
  return {
    async put({ name, source, model, modelVersion }) {
      const hash = sha256(source);
      const text = canonical(model);
      const modelHash = hashOfModel(hash, modelVersion, text);
      // Every declare comes through here: nothing is written when both are there.
      const known = read(() => sql.get.get({ hash, model: modelHash }));
      if (known === undefined || !isIntact(known)) {
        await write(() => {
          sql.insert.run(hash, name, source, Math.round(now()));
          sql.insertModel.run(modelHash, hash, modelVersion, text, Math.round(now()));
        });
        damage.mended(`runbook ${hash}`);
      }
      return { hash, modelHash };
    },
    get: (hash, modelHash) =>
      read(() => {
        const row = sql.get.get({ hash, model: modelHash ?? null });
        if (row !== undefined && !isIntact(row)) {
          const { code, message, advice } = tell(row.name, hash);
          throw new RollbookError(code, message, advice);
        }
        return row === undefined ? null : fromRow(row);
      }),
    text: (hash) =>
      read(() => {
        const row = sql.text.get(hash);
        if (row === undefined) return null;
        if (sha256(row.source) === hash) return row;
        tell(row.name, hash);
        return null;
      }),
    model: (modelHash) =>
      read(() => {
        const row = sql.model.get(modelHash);
        if (row === undefined) return null;
        const { hash, name, model_version: version, model } = row;
        if (hashOfModel(hash, version, model) === modelHash) return { hash, name, model: JSON.parse(model) as unknown };
        tell(name, hash);
        return null;
      }),
    list: () => read(() => sql.list.all().map(({ added_at: addedAt, ...same }) => ({ ...same, addedAt }))),
  };
}

/** The version and the runbook are part of it: equal models of two contents stay two. */
export const hashOfModel = (runbook: string, version: number, canonicalModel: string): string =>
  sha256(`${runbook}\n${version}\n${canonicalModel}`);

/** Anybody who can write to the store's file could otherwise have it run something that nobody reviewed. */
const isIntact = (row: Row): boolean =>
  sha256(row.source) === row.hash && hashOfModel(row.hash, row.model_version, row.model) === row.model_hash;

const changed = (name: string, hash: string): string =>
  `The runbook ${name} (${hash.slice(0, 12)}) is not what was reviewed: it was changed`;
const ADD_AGAIN =
  'Nothing of it is run; the others are not touched. Add its file again; what an incident had pinned can be restored from a copy in the backups folder.';

/** The result of `read`; null when it was changed in the store, so that one runbook hides no other. */
export function intactOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof RollbookError && thrown.code === 'store-corrupt') return null;
    throw thrown;
  }
}

function fromRow({
  added_at: addedAt,
  model_hash: modelHash,
  model_version: modelVersion,
  model,
  ...same
}: Row): StoredRunbook {
  return { ...same, addedAt, modelHash, modelVersion, model: JSON.parse(model) as unknown };
}

/** The runbooks that a person reviewed, by content hash. Code: `not-found` for a runbook that is not stored. */
export function trustPart({ db, read, write }: Connection): Trust {
  const sql = {
    insert: db.prepare<[string, string, number, string]>('INSERT OR IGNORE INTO trust VALUES (?, ?, ?, ?)'),
    of: db.prepare<[string], TrustMark>('SELECT * FROM trust WHERE hash = ?'),
    last: db.prepare<[string], TrustMark>(
      `SELECT trust.* FROM trust JOIN runbooks USING (hash) WHERE runbooks.name = ? ORDER BY at DESC, trust.rowid DESC`,
    ),
    remove: db.prepare<[string]>('DELETE FROM trust WHERE hash IN (SELECT hash FROM runbooks WHERE name = ?)'),
    runbook: db.prepare<[string], 1>('SELECT 1 FROM runbooks WHERE hash = ?').pluck(),
  };
  return {
    add: ({ hash, by, at, how }) =>
      write(() => {
        if (sql.runbook.get(hash) !== 1)
          throw new RollbookError('not-found', `There is no runbook ${hash} in the store.`);
        sql.insert.run(hash, by, Math.round(at), how);
      }),
    remove: (name) => write(() => void sql.remove.run(name)),
    of: (hash) => read(() => sql.of.get(hash) ?? null),
    lastTrusted: (name) => read(() => sql.last.get(name) ?? null),
  };
}

/**
 * Runbooks by content: the source under the hash of its raw bytes, and each model ever parsed from it under a hash of its
 * own. A later parser adds a model beside the old one, so an open incident keeps the steps it was declared with.
 */

export interface NewRunbook {
  /** Path of the file, or 'bundled'. */
  readonly name: string;
  /** The file's text as it is on disk, a byte order mark included: its UTF-8 bytes are the file's. */
  readonly source: string;
  /** The parsed model, any JSON object. */
  readonly model: unknown;
  readonly modelVersion: number;
}

export interface StoredRunbook extends NewRunbook {
  /** SHA-256 of the source, hex: computed by the store, never taken from anybody. */
  readonly hash: string;
  readonly modelHash: string;
  /** Milliseconds since the Unix epoch. */
  readonly addedAt: number;
}

export interface Runbooks {
  /** Stores what is not there yet, and puts right what was changed since. Answers the pair an incident pins. */
  readonly put: (runbook: NewRunbook) => Promise<{ readonly hash: string; readonly modelHash: string }>;
  /** With the named model, or with the one added last. Code: `store-corrupt` when text or model do not have their hash. */
  readonly get: (hash: string, modelHash?: string) => StoredRunbook | null;
  /** The text alone, even if its models are damaged; null when it is missing or does not have its hash. */
  readonly text: (hash: string) => Pick<StoredRunbook, 'name' | 'source'> | null;
  /** A model alone, even if its text is damaged; null when it is missing or does not have its hash. */
  readonly model: (modelHash: string) => Pick<StoredRunbook, 'hash' | 'name' | 'model'> | null;
  /** Every content ever stored, newest first, without sources and models. */
  readonly list: () => readonly { readonly hash: string; readonly name: string; readonly addedAt: number }[];
}

export interface TrustMark {
  readonly hash: string;
  /** The person who reviewed it, or 'rollbook' for the bundled one. */
  readonly by: string;
  readonly at: number;
  /** 'bundled', 'reviewed', 'reviewed-changes'... */
  readonly how: string;
}

export interface Trust {
  /** The first mark stays: trusting again changes nothing. Code: `not-found` (no such runbook stored). */
  readonly add: (mark: TrustMark) => Promise<void>;
  /** Takes back the trust in every content of this name. */
  readonly remove: (name: string) => Promise<void>;
  readonly of: (hash: string) => TrustMark | null;
  /** The content of this name that was trusted last: it stays runnable while a changed one waits for review. */
  readonly lastTrusted: (name: string) => TrustMark | null;
}
