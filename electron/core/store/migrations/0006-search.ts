import type { Migration } from './migration.ts';

/** A row's rowid is the id of its event. `secure-delete` takes purged words out of the index, not only out of results. */
export const search: Migration = {
  version: 6,
  name: 'search',
  sql: `
CREATE VIRTUAL TABLE search USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
`,
};
