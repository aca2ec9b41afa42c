import type { Migration } from './migration.ts';

export const runbooks: Migration = {
  version: 1,
  name: 'runbooks',
  sql: `
CREATE TABLE runbooks (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE models (
  model_hash TEXT PRIMARY KEY,
  runbook_hash TEXT NOT NULL REFERENCES runbooks (hash),
  model_version INTEGER NOT NULL,
  model TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX models_of_runbook ON models (runbook_hash, added_at);

CREATE TABLE trust (
  hash TEXT PRIMARY KEY REFERENCES runbooks (hash),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  how TEXT NOT NULL
) STRICT;
`,
};
