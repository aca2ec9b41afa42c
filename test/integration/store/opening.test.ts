import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { prepareFolder } from '#core/store/folder.ts';
import { backUpBefore, migrate } from '#core/store/migrate.ts';
import { MIGRATIONS } from '#core/store/migrations/all.ts';
import { openForWriting } from '#core/store/open-file.ts';
import { openStore } from '#core/store/open.ts';
import { declare, failure, INCIDENT, notes, open, temporaryFolder } from './sample.ts';

const NEXT = {
  version: MIGRATIONS.length + 1,
  name: 'next',
  sql: 'CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT;',
};
const LATER = [...MIGRATIONS, NEXT];
const fileOf = (folder: string): string => join(folder, 'rollbook.db');
const mode = (path: string): number => statSync(path).mode & 0o777;

/** A closed store with one incident of three events. */
async function filled(): Promise<string> {
  const folder = temporaryFolder();
  const store = await open(folder);
  await declare(store, 3);
  await store.close();
  return folder;
}

/** Opening is refused with this code, and the file has the same bytes as before. */
async function refused(folder: string, code: string, message: string, options = {}): Promise<void> {
  const before = readFileSync(fileOf(folder));
  await expect(open(folder, options)).rejects.toEqual(failure(code, message));
  expect(readFileSync(fileOf(folder)).equals(before)).toBe(true);
  await expect(open(folder, options)).rejects.toEqual(failure(code, fileOf(folder)));
}

describe('opening', () => {
  it('makes what is missing, for its owner only', async () => {
    const folder = join(temporaryFolder(), 'deep', 'data');
    const store = await open(folder);
    await declare(store);
    expect(mode(folder)).toBe(0o700);
    const files = readdirSync(folder);
    expect(files).toContain('rollbook.db-wal');
    expect(files.filter((file) => mode(join(folder, file)) !== 0o600)).toEqual([]);
  });

  it('narrows an empty folder and a widened file, and leaves a shared folder alone', async () => {
    const empty = join(temporaryFolder(), 'empty');
    mkdirSync(empty, { mode: 0o755 });
    await (await open(empty)).close();
    expect(mode(empty)).toBe(0o700);
    chmodSync(fileOf(empty), 0o644);
    await open(empty);
    expect(mode(fileOf(empty))).toBe(0o600);

    const shared = join(temporaryFolder(), 'shared');
    mkdirSync(shared, { mode: 0o755 });
    writeFileSync(join(shared, 'someone-elses.txt'), '');
    await open(shared);
    expect(mode(shared)).toBe(0o755);
    expect(mode(fileOf(shared))).toBe(0o600);
  });

  it('commits through a log that is flushed to the disk each time, in strict tables with foreign keys', async () => {
    const folder = temporaryFolder();
    await open(folder);
    const db = openForWriting(fileOf(folder));
    onTestFinished(() => void db.close());
    const setting = (name: string): unknown => db.pragma(name, { simple: true });
    expect([setting('journal_mode'), setting('synchronous'), setting('foreign_keys')]).toEqual(['wal', 2, 1]);
    expect(setting('fullfsync')).toBe(process.platform === 'darwin' ? 1 : 0);
    const tables = db.pragma('table_list') as { schema: string; name: string; type: string; strict: number }[];
    const loose = tables.filter(({ schema, type, strict }) => schema === 'main' && type === 'table' && strict === 0);
    expect(loose.map(({ name }) => name)).toEqual(['sqlite_schema']);
  });

  it('says when the file was deleted under it instead of writing into nothing', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await declare(store);
    renameSync(fileOf(folder), join(folder, 'moved.db'));
    await expect(store.append(INCIDENT, 1, notes(1))).rejects.toEqual(failure('store-unwritable', 'moved'));
    writeFileSync(fileOf(folder), '');
    await expect(store.append(INCIDENT, 1, notes(1))).rejects.toEqual(failure('store-unwritable', 'moved'));
  });

  it('can be closed twice, and says so when used afterwards', async () => {
    const store = await open(temporaryFolder());
    await Promise.all([store.close(), store.close()]);
    await store.close();
    expect(() => store.list()).toThrow(failure('internal', 'closed'));
    await expect(store.settings.set('a', 1)).rejects.toEqual(failure('internal', 'closed'));
  });

  it('finishes the writes that were asked for before it closed', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await declare(store);
    const appending = store.append(INCIDENT, 1, notes(2));
    await store.close();
    await appending;
    expect((await open(folder)).head(INCIDENT).seq).toBe(3);
  });
});

describe('a file that cannot be used stays as it is', () => {
  it('no SQLite file at all', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      fileOf(folder),
      'this is a text, and it is long enough to be read as a header of a hundred bytes. '.repeat(20),
    );
    await refused(folder, 'store-corrupt', 'damaged');
  });

  it('an SQLite file of another program', async () => {
    const folder = temporaryFolder();
    new Database(fileOf(folder)).exec('CREATE TABLE bookmarks (url TEXT)').close();
    await refused(folder, 'store-corrupt', 'another program');
  });

  it('a damaged page in the middle', async () => {
    const folder = await filled();
    const bytes = readFileSync(fileOf(folder));
    bytes.fill(0xa5, 4096 * 4, 4096 * 9);
    writeFileSync(fileOf(folder), bytes);
    await refused(folder, 'store-corrupt', 'damaged');
  });

  it('a cut file', async () => {
    const folder = await filled();
    truncateSync(fileOf(folder), 4096 * 5);
    await refused(folder, 'store-corrupt', 'damaged');
  });

  it('a newer schema', async () => {
    const folder = await filled();
    new Database(fileOf(folder)).exec('PRAGMA user_version = 999').close();
    await refused(folder, 'store-newer', 'schema 999');
  });

  it('an edited migration', async () => {
    const folder = await filled();
    const edited = MIGRATIONS.map((migration) =>
      migration.version === 3 ? { ...migration, sql: `${migration.sql} ` } : migration,
    );
    await refused(folder, 'store-newer', 'migration 3 (events)', { migrations: edited });
  });

  it('a record of migrations that does not fit the schema', async () => {
    const folder = await filled();
    new Database(fileOf(folder))
      .exec('DELETE FROM migrations WHERE version = (SELECT max(version) FROM migrations)')
      .close();
    await refused(folder, 'store-corrupt', `${MIGRATIONS.length - 1} migrations`);
  });

  it('a file where the folder should be, and a folder where the file should be', async () => {
    const folder = temporaryFolder();
    const blocked = join(folder, 'data');
    writeFileSync(blocked, 'mine');
    await expect(open(blocked)).rejects.toEqual(failure('store-unwritable', blocked));
    await expect(open(join(blocked, 'below'))).rejects.toEqual(failure('store-unwritable', blocked));
    expect(readFileSync(blocked, 'utf8')).toBe('mine');
    mkdirSync(fileOf(folder));
    await expect(open(folder)).rejects.toEqual(failure('store-unwritable', folder));
  });
});

describe('migrating', () => {
  it('makes a backup first, then upgrades; old and new builds then know each other', async () => {
    const folder = await filled();
    const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);
    const store = await open(folder, { migrations: LATER, now });
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: 3 });
    const [backup, ...others] = readdirSync(join(folder, 'backups'));
    expect(others).toEqual([]);
    expect(backup).toBe(`rollbook-schema-${MIGRATIONS.length}-2026-01-02T03-04-05-000Z.db`);
    const path = join(folder, 'backups', backup ?? '');
    expect(mode(path)).toBe(0o600);
    expect(mode(join(folder, 'backups'))).toBe(0o700);
    const copy = new Database(path, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(copy.prepare('SELECT count(*) FROM events').pluck().get()).toBe(3);
    copy.close();
    await store.close();
    await refused(folder, 'store-newer', `schema ${LATER.length}`);
    expect((await open(folder, { migrations: LATER })).head(INCIDENT).seq).toBe(3);
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);
  });

  it.each(MIGRATIONS.slice(1))('reaches this schema from the one before $version, $name', async ({ version }) => {
    const folder = temporaryFolder();
    prepareFolder(folder);
    const db = openForWriting(fileOf(folder));
    const old = { folder, path: fileOf(folder), migrations: MIGRATIONS.slice(0, version - 1), now: Date.now };
    expect(migrate(db, 0, old)).toBe(true);
    db.close();
    const store = await open(folder);
    await declare(store, 2);
    expect(store.verify(INCIDENT).ok).toBe(true);
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);
  });

  it('asks for a new backup when another process migrated part of the way meanwhile', () => {
    const folder = temporaryFolder();
    prepareFolder(folder);
    const db = openForWriting(fileOf(folder));
    onTestFinished(() => void db.close());
    const options = { folder, path: fileOf(folder), migrations: MIGRATIONS, now: Date.now };
    migrate(db, 0, { ...options, migrations: MIGRATIONS.slice(0, 2) });
    expect(migrate(db, 1, options)).toBe(false);
    expect(migrate(db, backUpBefore(db, options), options)).toBe(true);
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
  });

  it('leaves the old schema when a migration fails', async () => {
    const folder = await filled();
    const broken = [...MIGRATIONS, { ...NEXT, sql: `${NEXT.sql} SELECT no_such_function();` }];
    await expect(open(folder, { migrations: broken })).rejects.toThrow(/no_such_function/);
    expect((await open(folder)).events(INCIDENT)).toHaveLength(3);
  });

  it('makes no backup of a new store', async () => {
    const folder = temporaryFolder();
    await open(folder);
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  it('becomes read-only when a newer build upgrades the store under it', async () => {
    const folder = await filled();
    const old = await open(folder);
    expect(old.mode()).toEqual({ kind: 'writable' });
    await open(folder, { migrations: LATER, session: 'session-2' });
    await expect(old.append(INCIDENT, 3, notes(1))).rejects.toEqual(failure('store-newer', `schema ${LATER.length}`));
    expect(old.mode()).toMatchObject({ kind: 'read-only', why: { code: 'store-newer' } });
    await expect(old.settings.set('a', 1)).rejects.toEqual(failure('store-newer'));
    expect(old.events(INCIDENT)).toHaveLength(3);
  });

  it('is done once when many open a new store at the same time', async () => {
    const folder = temporaryFolder();
    const stores = await Promise.all(['1', '2', '3', '4'].map((session) => open(folder, { session })));
    const [first, second] = stores;
    if (first === undefined || second === undefined) throw new Error('no stores');
    await declare(first);
    await second.append(INCIDENT, 1, notes(1));
    for (const store of stores) expect(store.head(INCIDENT).seq).toBe(2);
  });
});

describe('opening only to read', () => {
  it('reads everything and writes nothing', async () => {
    const folder = await filled();
    const before = readFileSync(fileOf(folder));
    const store = await open(folder, { readOnly: true });
    expect(store.mode()).toMatchObject({ kind: 'read-only', why: { code: 'read-only' } });
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: 3 });
    expect(store.search.find('x')).toEqual([]);
    await expect(store.append(INCIDENT, 3, notes(1))).rejects.toEqual(failure('read-only', folder));
    await expect(store.leases.take(INCIDENT)).rejects.toEqual(failure('read-only'));
    await store.close();
    expect(readFileSync(fileOf(folder)).equals(before)).toBe(true);
  });

  it('sees what another process appends meanwhile', async () => {
    const folder = await filled();
    const writer = await open(folder);
    const reader = await open(folder, { readOnly: true, session: 'reader' });
    await writer.append(INCIDENT, 3, notes(1));
    expect(reader.changedSince()).toBe(true);
    expect(reader.head(INCIDENT).seq).toBe(4);
  });

  it('makes no store where there is none, and upgrades an older one only in memory', async () => {
    const folder = temporaryFolder();
    await expect(openStore({ folder, session: 's', boot: 'b', readOnly: true })).rejects.toEqual(
      failure('not-found', folder),
    );
    expect(readdirSync(folder)).toEqual([]);
    const old = await filled();
    const before = readFileSync(fileOf(old));
    const store = await open(old, { readOnly: true, migrations: LATER });
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: 3 });
    await store.close();
    expect(readFileSync(fileOf(old)).equals(before)).toBe(true);
  });
});
