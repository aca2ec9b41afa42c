import type { Connection } from './connection.ts';

export interface SearchText {
  readonly incidentId: string;
  readonly seq: number;
  readonly text: string;
}

export interface SearchHit {
  readonly incidentId: string;
  readonly seq: number;
  /** The words around the match; matches stand between U+0002 and U+0003. */
  readonly snippet: string;
}

/** Full text over timelines and notes. The caller gives the text of an event: the store does not read payloads. */
export interface Search {
  /** Sets the searchable text of events; events that do not exist or are purged are passed over. */
  readonly index: (texts: readonly SearchText[]) => Promise<void>;
  /** The first event of each incident that has no searchable text yet. Purged ones never get any. */
  readonly missing: () => readonly { readonly incidentId: string; readonly seq: number }[];
  /** Best match first, at most `limit` (50). Words match by prefix and all of the first 32 must occur; any characters may be asked for. */
  readonly find: (
    query: string,
    options?: { readonly incidentId?: string; readonly limit?: number },
  ) => readonly SearchHit[];
}

export function searchPart({ db, read, write }: Connection): Search {
  const sql = {
    idOf: db
      .prepare<[string, number], number>(
        'SELECT id FROM events WHERE incident_id = ? AND seq = ? AND payload IS NOT NULL',
      )
      .pluck(),
    remove: db.prepare<[number]>('DELETE FROM search WHERE rowid = ?'),
    insert: db.prepare<[number, string]>('INSERT INTO search (rowid, body) VALUES (?, ?)'),
    // The index's own table of documents: a scan of it is short, and the index has no other list of what it holds.
    missing: db.prepare<[], { incidentId: string; seq: number }>(
      `SELECT incident_id AS incidentId, min(seq) AS seq FROM events
       WHERE payload IS NOT NULL AND id NOT IN (SELECT id FROM search_docsize) GROUP BY incident_id`,
    ),
    find: db.prepare<{ match: string; id: string | null; limit: number }, SearchHit>(
      `SELECT incident_id AS incidentId, seq, snippet(search, 0, char(2), char(3), '…', 16) AS snippet
       FROM search JOIN events ON events.id = search.rowid
       WHERE search MATCH @match AND (@id IS NULL OR incident_id = @id) ORDER BY search.rank, events.id DESC LIMIT @limit`,
    ),
  };
  return {
    index: (texts) =>
      write(() => {
        for (const { incidentId, seq, text } of texts) {
          const id = sql.idOf.get(incidentId, seq);
          if (id === undefined) continue;
          sql.remove.run(id);
          sql.insert.run(id, text);
        }
      }),
    missing: () => read(() => sql.missing.all()),
    find: (query, { incidentId, limit = 50 } = {}) => {
      const match = matchExpression(query);
      if (match === null) return [];
      return read(() => sql.find.all({ match, id: incidentId ?? null, limit }));
    },
  };
}

/** More words than anybody types: each is looked up while everything else waits, thousands for half a second. */
const MOST_WORDS = 32;

/** FTS5 query syntax never reaches a person: each word becomes a quoted prefix (sqlite.org/fts5.html#fts5_strings). */
function matchExpression(query: string): string | null {
  const words = query.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, MOST_WORDS);
  return words === undefined ? null : words.map((word) => `"${word}"*`).join(' ');
}
