/** A purge also removes an incident from the backup that a migration made, which has an older schema. */
import Database from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MIGRATIONS } from '#core/store/migrations/all.ts';
import { prepareFolder } from '#core/store/folder.ts';
import { migrate } from '#core/store/migrate.ts';
import { openForWriting } from '#core/store/open-file.ts';
import { declare, INCIDENT, note, open, temporaryFolder } from './sample.ts';

const PLANTED = 'plantedzebra42';

/** Writes all rows of an incident in an older schema: this build writes only its own. */
function fill(path: string, schema: number): void {
  const db = new Database(path);
  const hash = 'a'.repeat(64);
  db.pragma('foreign_keys = OFF');
  db.exec(`INSERT INTO incidents VALUES ('${INCIDENT}', 'live', 'real', '${PLANTED}', 'P0', 'resolved', 1, 'r', 'm', '{}', 1, '${hash}');
    INSERT INTO events (id, incident_id, seq, batch, at, mono, boot, session, actor, kind, v, payload, salt, payload_hash, prev_hash, hash)
    VALUES (1, '${INCIDENT}', 1, 1, 1, 1, 'b', 's', 'ann', 'note.added', 1, '{"text":"${PLANTED}"}', 'salt', '${hash}', '${hash}', '${hash}')`);
  if (schema >= 4)
    db.exec(`INSERT INTO runs (run_id, incident_id, step_id, command_id, state) VALUES ('1', '${INCIDENT}', '${PLANTED}', 'c', 'ended');
      INSERT INTO evidence VALUES ('1', '${INCIDENT}', '1', '${PLANTED}', 'p', 1, '${hash}', 0, 1)`);
  if (schema >= 5) db.exec(`INSERT INTO settings VALUES ('drill ${INCIDENT}', '"${PLANTED}"')`);
  if (schema >= 6) db.exec(`INSERT INTO search (rowid, body) VALUES (1, '${PLANTED}')`);
  db.close();
}

it.each([3, 4, 5, 6])('from schema %i', async (schema) => {
  const old = temporaryFolder();
  prepareFolder(old);
  const db = openForWriting(join(old, 'rollbook.db'));
  migrate(db, 0, { folder: old, path: '', migrations: MIGRATIONS.slice(0, schema), now: Date.now });
  db.close();
  fill(join(old, 'rollbook.db'), schema);
  const store = await open(old);
  const [copy = ''] = readdirSync(join(old, 'backups'));
  const bytes = () => readFileSync(join(old, 'backups', copy));
  expect(bytes().includes(PLANTED)).toBe(true);
  expect(store.purge.copiesWith(INCIDENT)).toHaveLength(1);
  expect(store.purge.copies(INCIDENT)).toEqual([]);
  expect(store.purge.copiesWith(INCIDENT)).toEqual([]);
  expect(bytes().includes(PLANTED)).toBe(false);
  const after = new Database(join(old, 'backups', copy), { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(schema);
  expect(after.pragma('quick_check', { simple: true })).toBe('ok');
  expect(after.prepare('SELECT payload_hash FROM events').all()).toHaveLength(1);
  after.close();
});

it('leaves the copies and contents of other incidents alone', async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  await declare(store, 2);
  await store.append(INCIDENT, 2, [note(PLANTED)]);
  const before = store.verify(INCIDENT);
  await store.purge.contents('01JD0000000000000000000001');
  expect(store.purge.copies('01JD0000000000000000000001')).toEqual([]);
  expect(await store.purge.compact()).toBe(true);
  expect(store.verify(INCIDENT)).toEqual(before);
  expect(store.purge.payloadsOf(INCIDENT)).toBe(3);
});
