/** Turns errors of SQLite and the file system into RollbookErrors that a person can act on. */
import Database from 'better-sqlite3';
import { plainCause } from '#core/files/cause.ts';
import { RollbookError, type ErrorCode } from '#shared/api/result.ts';
import { putBackAdvice } from './restore-advice.ts';

interface Reading {
  readonly code: ErrorCode;
  readonly what: string;
  /** `path`: of the file that the message names. */
  readonly advice: string | ((path: string) => string);
}

const DISK_FULL: Reading = {
  code: 'disk-full',
  what: 'The disk that holds the store is full; the last change was not saved',
  advice: 'Free some space and try again. What was shown as saved before is saved.',
};
const CORRUPT: Reading = {
  code: 'store-corrupt',
  what: 'The store is damaged or not a Rollbook store',
  advice: putBackAdvice,
};
const UNWRITABLE: Reading = {
  code: 'store-unwritable',
  what: 'The store cannot be written',
  advice: 'Check the owner, the permissions and the disk of this folder, or point ROLLBOOK_HOME at another one.',
};
const BUSY: Reading = {
  code: 'store-unwritable',
  what: 'Another process kept the store locked for too long',
  advice: 'Close other copies of Rollbook and programs that have the file open, then try again.',
};

/** By prefix of the code, first match wins; codes of https://sqlite.org/rescode.html and errno names. */
const READINGS: readonly (readonly [prefix: string, reading: Reading])[] = [
  ['SQLITE_FULL', DISK_FULL],
  // Growing the shared-memory file is the first thing that fails on a full disk, and SQLite calls it an I/O error.
  ['SQLITE_IOERR_SHMSIZE', DISK_FULL],
  ['ENOSPC', DISK_FULL],
  ['EDQUOT', DISK_FULL],
  ['SQLITE_CORRUPT', CORRUPT],
  ['SQLITE_NOTADB', CORRUPT],
  // Stored data that the schema would not take again: a cell has another type than its column.
  ['SQLITE_CONSTRAINT_DATATYPE', CORRUPT],
  ['SQLITE_BUSY', BUSY],
  ['SQLITE_LOCKED', BUSY],
  ['SQLITE_READONLY', UNWRITABLE],
  ['SQLITE_CANTOPEN', UNWRITABLE],
  ['SQLITE_PERM', UNWRITABLE],
  ['SQLITE_IOERR', UNWRITABLE],
  ['EACCES', UNWRITABLE],
  ['EPERM', UNWRITABLE],
  ['EROFS', UNWRITABLE],
  ['ENOTDIR', UNWRITABLE],
  ['EEXIST', UNWRITABLE],
  ['EISDIR', UNWRITABLE],
  ['ENOENT', UNWRITABLE],
  ['ELOOP', UNWRITABLE],
  ['ENAMETOOLONG', UNWRITABLE],
  ['EIO', UNWRITABLE],
];

/** RollbookErrors and unknown errors pass unchanged. `path` is the file or folder the message names. */
export function storeError(thrown: unknown, path: string): unknown {
  if (thrown instanceof RollbookError || !(thrown instanceof Error)) return thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const reading = READINGS.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (reading === undefined) return thrown;
  const cause = code.startsWith('SQLITE_') ? `${code}: ${thrown.message}` : plainCause(thrown);
  const message = `${reading.what}: ${path} (${cause}).`;
  return new RollbookError(reading.code, message, adviceOf(reading, path), { path, cause: code });
}

const adviceOf = ({ advice }: Reading, path: string): string => (typeof advice === 'string' ? advice : advice(path));

/** Someone else holds a lock; trying again a little later usually works. */
export function isBusy(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY');
}

/** A row with that key is there already (sqlite.org/rescode.html). */
export function isUniqueViolation(thrown: unknown): boolean {
  if (!(thrown instanceof Database.SqliteError)) return false;
  return thrown.code === 'SQLITE_CONSTRAINT_UNIQUE' || thrown.code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** `store-corrupt`, with `what` was found in the file at `path`. */
export function corrupt(path: string, what: string): RollbookError {
  return new RollbookError('store-corrupt', `${CORRUPT.what}: ${path} (${what}).`, adviceOf(CORRUPT, path), { path });
}
