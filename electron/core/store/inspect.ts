/** Looks at a store's file before anything may write to it, so that one we cannot use stays exactly as it is. */
import { existsSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { RollbookError } from '#shared/api/result.ts';
import type { Migration } from './migrations/migration.ts';
import { openForReading } from './open-file.ts';
import { sha256 } from './sha256.ts';
import { corrupt } from './sqlite-error.ts';

/** `PRAGMA application_id` of our files: 'RBok'. */
export const APPLICATION_ID = 0x52_42_6f_6b;
/** Larger files are not read through at every start; `verify` still finds what matters. */
export const CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * SQLite's message about one cell of an event: only that event counts as damaged (event-row.ts), and all others can be
 * read.
 */
const OF_ONE_EVENT = /^(?:(?:non-\w+|NULL) value in events\.\w+|CHECK constraint failed in events)$/;

/**
 * The schema version of the file, 0 when there is none yet.
 * Codes: `store-newer` (also: made by a build with other migrations), `store-corrupt`. Throws SqliteErrors as well.
 */
export function inspect(path: string, migrations: readonly Migration[]): number {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size === 0) mustHaveNoLog(path);
  if (size === 0) return 0;
  const db = openForReading(path);
  try {
    return versionOf(db, path, size, migrations);
  } finally {
    db.close();
  }
}

/** SQLite deletes the log of a file that is not there, and the newest changes with it. Code: `store-corrupt`. */
function mustHaveNoLog(path: string): void {
  const log = `${path}-wal`;
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  // Another process that starts at the same time made it meanwhile: a log is begun after its file.
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  throw new RollbookError(
    'store-corrupt',
    `The store's log is there, and the store it belongs to is not: ${log}.`,
    'Nothing was changed or deleted. Put rollbook.db back beside it, or move the log aside as well (keep it).',
    { path },
  );
}

function versionOf(db: Database.Database, path: string, size: number, migrations: readonly Migration[]): number {
  const version = schemaVersion(db);
  const objects = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  // A start that was killed before its first migration leaves a file with a header and nothing in it.
  if (version === 0 && objects === 0) return 0;
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw corrupt(path, 'a file of another program');
  if (version > migrations.length) throw newer(path, version, migrations.length);
  compareApplied(db, path, version, migrations);
  if (size <= CHECKED_BYTES) {
    const found = (db.pragma('quick_check') as { quick_check: string }[]).map((row) => row.quick_check);
    const worst = found.find((each) => each !== 'ok' && !OF_ONE_EVENT.test(each));
    if (worst !== undefined) throw corrupt(path, worst);
  }
  return version;
}

function compareApplied(db: Database.Database, path: string, version: number, migrations: readonly Migration[]): void {
  const applied = db.prepare('SELECT version, name, checksum FROM migrations ORDER BY version').all() as {
    version: number;
    name: string;
    checksum: string;
  }[];
  if (applied.length !== version) throw corrupt(path, `schema ${version} with ${applied.length} migrations on record`);
  for (const [index, row] of applied.entries()) {
    const known = migrations[index];
    if (known !== undefined && known.version === row.version && checksum(known) === row.checksum) continue;
    throw new RollbookError(
      'store-newer',
      `The store was made by another build of Rollbook: migration ${row.version} (${row.name}) differs: ${path}.`,
      'Nothing was changed. Open it with the build that made it, or point ROLLBOOK_HOME at another folder.',
      { path, migration: row.version },
    );
  }
}

export function checksum(migration: Migration): string {
  return sha256(migration.sql);
}

export function schemaVersion(db: Database.Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

export function newer(path: string, version: number, known: number): RollbookError {
  return new RollbookError(
    'store-newer',
    `The store was upgraded by a newer Rollbook (schema ${version}, this one knows ${known}): ${path}.`,
    'Nothing was changed. Use the newer Rollbook, or point ROLLBOOK_HOME at another folder.',
    { path, version, known },
  );
}
