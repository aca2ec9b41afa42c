import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { ChainHead, Store } from '#core/store/store.ts';
import { declare, failure, INCIDENT, note, notes, open, temporaryFolder } from './sample.ts';

/** Changes rows as with an SQLite shell; the triggers only prevent accidents. */
function tamper(folder: string, sql: string): void {
  const db = new Database(join(folder, 'rollbook.db'));
  db.exec('DROP TRIGGER events_stay; DROP TRIGGER events_are_final; DROP TRIGGER payloads_are_only_purged;');
  db.exec(sql);
  db.close();
}

async function tampered(sql: string): Promise<{ store: Store; head: ChainHead }> {
  const folder = temporaryFolder();
  const store = await open(folder);
  await declare(store, 6);
  const head = store.head(INCIDENT);
  expect(store.verify(INCIDENT, head)).toEqual({ ok: true, events: 6, purged: 0, head });
  tamper(folder, sql);
  return { store, head };
}

describe('tampering with the file', () => {
  it.each([
    ['a payload', `UPDATE events SET payload = '{"text":"nothing"}' WHERE seq = 3`, 3, 'payload'],
    ['a payload into no JSON', `UPDATE events SET payload = 'oops' WHERE seq = 3`, 3, 'payload'],
    ['an actor', `UPDATE events SET actor = 'eve' WHERE seq = 2`, 2, 'envelope'],
    ['a time', 'UPDATE events SET at = at - 60000 WHERE seq = 5', 5, 'envelope'],
    [
      'two rows, swapped',
      'UPDATE events SET seq = -1 - seq WHERE seq IN (2, 3); UPDATE events SET seq = CASE seq WHEN -3 THEN 3 ELSE 2 END WHERE seq < 0',
      2,
      'link',
    ],
    ['an event in the middle, deleted', 'DELETE FROM events WHERE seq = 4', 4, 'order'],
    ['the tail, deleted', 'DELETE FROM events WHERE seq > 4', 5, 'tail-cut'],
  ])('shows a change of %s', async (_name, sql, seq, kind) => {
    const { store } = await tampered(`PRAGMA ignore_check_constraints = ON; ${sql}`);
    expect(store.verify(INCIDENT)).toMatchObject({ ok: false, problem: { seq, kind } });
  });

  it('shows a cut tail against an exported head even when the row was adjusted', async () => {
    const { store, head } = await tampered(
      `DELETE FROM events WHERE seq > 4;
       UPDATE incidents SET head_seq = 4, head_hash = (SELECT hash FROM events WHERE seq = 4)`,
    );
    expect(store.verify(INCIDENT).ok).toBe(true);
    expect(store.verify(INCIDENT, head)).toMatchObject({ ok: false, events: 4, problem: { seq: 5, kind: 'tail-cut' } });
  });

  it('shows a chain that was rewritten with valid hashes', async () => {
    const { store, head } = await tampered(
      `DELETE FROM events WHERE seq > 3;
       UPDATE incidents SET head_seq = 3, head_hash = (SELECT hash FROM events WHERE seq = 3)`,
    );
    await store.append(INCIDENT, 3, notes(5));
    expect(store.verify(INCIDENT).ok).toBe(true);
    expect(store.verify(INCIDENT, head)).toMatchObject({ ok: false, problem: { seq: 6, kind: 'rewritten' } });
  });

  it('hands out a payload that is no JSON object as the text it is: no event is read from that', async () => {
    const { store } = await tampered(`UPDATE events SET payload = 'oops' WHERE seq = 3`);
    expect(store.events(INCIDENT).map(({ payload }) => typeof payload)).toEqual([
      ...['object', 'object', 'string'],
      ...['object', 'object', 'object'],
    ]);
    expect(store.events(INCIDENT)[2]?.payload).toBe('oops');
  });
});

describe('the file guards itself against mistakes', () => {
  it.each([
    ['changed', `UPDATE events SET actor = 'x'`, /never change/],
    ['deleted', 'DELETE FROM events', /never deleted/],
    ['given another payload', `UPDATE events SET payload = '{}'`, /only purged/],
  ])('events cannot be %s', async (_name, sql, message) => {
    const folder = temporaryFolder();
    await declare(await open(folder));
    const db = new Database(join(folder, 'rollbook.db'));
    expect(() => db.exec(sql)).toThrow(message);
    db.close();
  });
});

describe('purging a payload', () => {
  it('removes payload, salt and search text for good; the chain still verifies and counts it', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await declare(store, 2);
    await store.append(INCIDENT, 2, [note('the password is xyzzyplugh42')]);
    await store.search.index([{ incidentId: INCIDENT, seq: 3, text: 'the password is xyzzyplugh42' }]);
    await store.append(INCIDENT, 3, [note('later')]);
    const head = store.head(INCIDENT);

    await store.purgePayload(INCIDENT, 3);
    expect(store.verify(INCIDENT, head)).toEqual({ ok: true, events: 4, purged: 1, head });
    expect(store.events(INCIDENT, 2)[0]).toMatchObject({ seq: 3, kind: 'note.added', payload: null });
    expect(store.search.find('xyzzyplugh42')).toEqual([]);
    await store.search.index([{ incidentId: INCIDENT, seq: 3, text: 'xyzzyplugh42' }]);
    expect(store.search.find('xyzzyplugh42')).toEqual([]);

    await store.purgePayload(INCIDENT, 3);
    await expect(store.purgePayload(INCIDENT, 9)).rejects.toEqual(failure('not-found', '9'));
    await store.append(INCIDENT, 4, notes(1));
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: 5, purged: 1 });
    const left = readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes('xyzzyplugh42'));
    expect(left).toEqual([]);
  });
});
