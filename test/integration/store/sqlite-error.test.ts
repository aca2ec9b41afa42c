import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { storeError } from '#core/store/sqlite-error.ts';
import { failure } from './sample.ts';

describe('what SQLite and the file system throw', () => {
  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
    ['SQLITE_IOERR_WRITE', 'store-unwritable'],
    ['SQLITE_IOERR_FSYNC', 'store-unwritable'],
    ['SQLITE_READONLY_DBMOVED', 'store-unwritable'],
    ['SQLITE_CANTOPEN', 'store-unwritable'],
    ['SQLITE_BUSY_RECOVERY', 'store-unwritable'],
    ['SQLITE_CORRUPT_VTAB', 'store-corrupt'],
    ['SQLITE_NOTADB', 'store-corrupt'],
  ])('%s becomes %s, naming the file and what to do', (code, expected) => {
    const found = storeError(new Database.SqliteError('boom', code), '/data/rollbook.db');
    expect(found).toEqual(failure(expected, '/data/rollbook.db', { cause: code }));
    expect(found).toHaveProperty('advice', expect.stringMatching(/\w/));
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'store-unwritable'],
    ['EROFS', 'store-unwritable'],
  ])('%s becomes %s', (code, expected) => {
    expect(storeError(Object.assign(new Error('boom'), { code }), '/data')).toEqual(failure(expected, '/data'));
  });

  it('leaves a mistake of ours visible as one', () => {
    const mistake = new Database.SqliteError('no such column', 'SQLITE_ERROR');
    expect(storeError(mistake, '/data')).toBe(mistake);
  });
});
