/** Opens the file in SQLite with the settings that make a commit durable. Throws SqliteErrors. */
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import { BUSY_TIMEOUT_MS } from './busy.ts';

/** Every commit is on the disk before it returns. */
export function openForWriting(path: string): Database.Database {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    if (process.platform === 'darwin') {
      // fsync alone leaves the data in the drive's cache there (sqlite.org/pragma.html#pragma_fullfsync).
      db.pragma('fullfsync = 1');
      db.pragma('checkpoint_fullfsync = 1');
    }
    db.pragma('foreign_keys = ON');
    // A purged payload is overwritten, not only unlinked.
    db.pragma('secure_delete = ON');
    db.pragma('trusted_schema = OFF');
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/**
 * SQLite cannot read a WAL store in a folder where it may not make its side files; then the file is read into memory, a
 * snapshot (its `immutable` switch would do, but better-sqlite3 is built without URI names, and it passes over the log).
 */
export function openForReading(path: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    db.pragma('user_version');
    return db;
  } catch (thrown) {
    db?.close();
    const code = thrown instanceof Database.SqliteError ? thrown.code : '';
    if (!SHUT.some((prefix) => code.startsWith(prefix)) || !existsSync(path)) throw thrown;
    return snapshot(path);
  }
}

/** No side file can be made, written or grown there. */
const SHUT = ['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_IOERR_SHM', 'SQLITE_FULL'];

/**
 * The store as it is now, in memory: what is done to it touches no file.
 * Bytes 18 and 19 of the header say how it is journalled (sqlite.org/fileformat.html): 2 is WAL, 1 needs no side file.
 */
export function snapshot(path: string): Database.Database {
  const bytes = hasLog(path) ? withLog(path) : readFileSync(path);
  bytes.fill(1, 18, 20);
  return new Database(bytes);
}

/** With commits still in the log the file alone would be an older state. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** SQLite itself takes the commits over from the log, in a private copy that is gone at once: it knows which are whole. */
function withLog(path: string): Buffer {
  const folder = temporaryFolder('reading');
  try {
    const copy = join(folder, 'copy.db');
    for (const end of ['', '-wal']) {
      copyFileSync(`${path}${end}`, `${copy}${end}`);
      chmodSync(`${copy}${end}`, 0o600);
    }
    const db = new Database(copy);
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.close();
    }
    return readFileSync(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
