/** How SQLite opens the file, with the settings that make a commit durable. Throws SqliteErrors. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
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
 * snapshot (its `immutable` switch would do, but better-sqlite3 is built without URI names).
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
    const shut = code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY');
    if (!shut || !existsSync(path) || hasLog(path)) throw thrown;
    return snapshot(path);
  }
}

/** With commits still in the log the file alone would be an older state. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Bytes 18 and 19 of the header say how it is journalled (sqlite.org/fileformat.html): 2 is WAL, 1 needs no side file. */
function snapshot(path: string): Database.Database {
  const bytes = readFileSync(path);
  bytes.fill(1, 18, 20);
  return new Database(bytes, { readonly: true });
}
