import type { Migration } from './migration.ts';

export const runsAndEvidence: Migration = {
  version: 4,
  name: 'runs-and-evidence',
  sql: `
CREATE TABLE runs (
  run_id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incidents (id),
  step_id TEXT NOT NULL,
  command_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intended', 'running', 'ended', 'interrupted')),
  pid INTEGER,
  pgid INTEGER,
  start_time TEXT,
  output_path TEXT,
  output_bytes INTEGER,
  output_lines INTEGER,
  output_sha256 TEXT,
  output_dropped INTEGER
) STRICT;
CREATE INDEX runs_of_incident ON runs (incident_id);
CREATE INDEX runs_unfinished ON runs (state) WHERE state IN ('intended', 'running');

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incidents (id),
  run_id TEXT,
  title TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  partial INTEGER NOT NULL CHECK (partial IN (0, 1)),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_of_incident ON evidence (incident_id, at);
`,
};
