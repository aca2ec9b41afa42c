/** Committing one event through the incident service, compared with a plain SQLite insert of the same durability. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { byTurns, tell, timed } from './measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollbook-bench-'));
const core = await openCore({ host: 'cli', folder: join(folder, 'data') });
const { drills, incidents } = core.services;
const incidentId = await drills.start({ scenario: 'app-rollback', speed: 1, actor: 'bench', intentId: ulid() });
const incident = await incidents.open(incidentId);

const db = new Database(join(folder, 'plain.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT INTO events (payload) VALUES (?)');
const text = 'A note of the usual length, as somebody on call writes it between two steps.';

const times = await byTurns(
  500,
  () =>
    timed(() =>
      incident.act({ kind: 'note', text, starred: false }, 'bench', ulid(), incident.context.eventLog.state.seq),
    ),
  () => timed(() => insert.run(JSON.stringify({ text, starred: false }))),
);
tell({ what: 'event commit', baseline: 'a bare durable insert', ...times });
db.close();
await core.close();
rmSync(folder, { recursive: true, force: true });
