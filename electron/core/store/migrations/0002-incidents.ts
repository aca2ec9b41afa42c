import type { Migration } from './migration.ts';

export const incidents: Migration = {
  version: 2,
  name: 'incidents',
  sql: `
CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('live', 'drill')),
  adapter TEXT NOT NULL CHECK (adapter IN ('real', 'simulated')),
  title TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('P0', 'P1', 'P2', 'P3')),
  status TEXT NOT NULL CHECK (status IN ('open', 'resolved', 'closed')),
  declared_at INTEGER NOT NULL,
  runbook_hash TEXT NOT NULL REFERENCES runbooks (hash),
  model_hash TEXT NOT NULL REFERENCES models (model_hash),
  summary TEXT NOT NULL,
  head_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  CHECK (kind = 'drill' OR adapter = 'real')
) STRICT;
CREATE INDEX incidents_by_time ON incidents (declared_at, id);

CREATE TABLE leases (
  incident_id TEXT PRIMARY KEY REFERENCES incidents (id),
  session TEXT NOT NULL,
  pid INTEGER NOT NULL,
  start_time TEXT NOT NULL,
  host TEXT NOT NULL,
  heartbeat INTEGER NOT NULL
) STRICT;
`,
};
