import type { Migration } from './migration.ts';

/** `batch` is the seq of the first event of the same append: what a repeated intent is answered with. Not in the chain. */
export const events: Migration = {
  version: 3,
  name: 'events',
  sql: `
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incidents (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  batch INTEGER NOT NULL,
  at INTEGER NOT NULL,
  occurred_at INTEGER,
  mono INTEGER NOT NULL,
  boot TEXT NOT NULL,
  session TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  v INTEGER NOT NULL,
  intent_id TEXT,
  payload TEXT,
  salt TEXT,
  payload_hash TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (incident_id, seq),
  CHECK ((payload IS NULL) = (salt IS NULL))
) STRICT;
CREATE UNIQUE INDEX events_by_intent ON events (intent_id, incident_id) WHERE intent_id IS NOT NULL;

CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TRIGGER events_are_final BEFORE UPDATE OF id, incident_id, seq, batch, at, occurred_at, mono, boot, session, actor,
  kind, v, intent_id, payload_hash, prev_hash, hash ON events
BEGIN SELECT RAISE(ABORT, 'events never change'); END;

CREATE TRIGGER payloads_are_only_purged BEFORE UPDATE OF payload, salt ON events
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payloads are only purged'); END;
`,
};
