/** Brings a store's schema up to this build's, after a backup. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { preparePrivateFile, prepareBackups } from './folder.ts';
import { APPLICATION_ID, checksum, newer, schemaVersion } from './inspect.ts';
import type { Migration } from './migrations/migration.ts';

export interface MigrateOptions {
  readonly folder: string;
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Copies a store that is about to be migrated. Answers the schema version it has; throws SqliteErrors (busy included). */
export function backUpBefore(db: Database.Database, options: MigrateOptions): number {
  const version = schemaVersion(db);
  if (version > 0 && version < options.migrations.length) backUp(db, version, options);
  return version;
}

/**
 * All missing migrations in one transaction: after a crash the schema is the old one or the new one. Two processes may
 * do this at once; the second finds nothing left to do. False when the schema is no longer at `from` but still too old:
 * then a new backup is due first. Throws SqliteErrors (busy included) and `store-newer`.
 */
export function migrate(db: Database.Database, from: number, options: MigrateOptions): boolean {
  const { migrations } = options;
  const transact = db.transaction((): boolean => {
    const version = schemaVersion(db);
    if (version > migrations.length) throw newer(options.path, version, migrations.length);
    if (version !== from && version < migrations.length) return false;
    if (version === 0) createRecord(db);
    for (const migration of migrations.slice(version)) apply(db, migration, options.now());
    return true;
  });
  return transact.immediate();
}

function createRecord(db: Database.Database): void {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.exec(`CREATE TABLE migrations (
    version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
  ) STRICT`);
}

function apply(db: Database.Database, migration: Migration, at: number): void {
  db.exec(migration.sql);
  db.prepare('INSERT INTO migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)').run(
    migration.version,
    migration.name,
    checksum(migration),
    Math.round(at),
  );
  db.pragma(`user_version = ${migration.version}`);
}

/** A whole copy as it was, under its final name only when complete. Kept for good; a purge rewrites it (purge.ts). */
function backUp(db: Database.Database, version: number, options: MigrateOptions): void {
  const stamp = new Date(options.now()).toISOString().replaceAll(/[:.]/g, '-');
  const target = freeName(join(prepareBackups(options.folder), `rollbook-schema-${version}-${stamp}`));
  const partial = `${target}.${process.pid}.partial`;
  // Left by a try of this process that failed, or by a dead one with our pid.
  rmSync(partial, { force: true });
  preparePrivateFile(partial);
  db.prepare('VACUUM INTO ?').run(partial);
  renameSync(partial, target);
}

function freeName(stem: string): string {
  let name = `${stem}.db`;
  for (let copy = 2; existsSync(name); copy += 1) name = `${stem}-${copy}.db`;
  return name;
}
