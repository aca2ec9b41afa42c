/** The data folder on disk: where the store's file lies, and that only its owner can read it. */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { makePrivateFolder, PRIVATE_FILE, PRIVATE_FOLDER } from '#core/files/make-folder.ts';
import { backupsPath, storePath } from './paths.ts';
import { storeError } from './sqlite-error.ts';

/**
 * Makes the folder (0700) and an empty file (0600) where they are missing; SQLite gives its side files the mode of the
 * main one. An existing folder is narrowed only while it is empty: a shared one (someone's home, /tmp) stays as it is.
 * Codes: `store-unwritable`, `disk-full`.
 */
export function prepareFolder(folder: string): void {
  try {
    makePrivateFolder(folder);
    if (readdirSync(folder).length === 0) chmodSync(folder, PRIVATE_FOLDER);
  } catch (thrown) {
    throw storeError(thrown, folder);
  }
  preparePrivateFile(storePath(folder));
}

/**
 * Makes the file if it is missing, proves that it can be written, and takes the rights of others away. A file that is
 * there is never opened: closing it would drop the locks SQLite holds on it in this process (sqlite.org/howtocorrupt.html).
 */
export function preparePrivateFile(path: string): void {
  try {
    if (!existsSync(path)) {
      createEmpty(path);
      return;
    }
    accessSync(path, constants.R_OK | constants.W_OK);
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, PRIVATE_FILE);
  } catch (thrown) {
    throw storeError(thrown, path);
  }
}

function createEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
  } catch (thrown) {
    // Another process that starts at the same time made it first.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  }
}

/** The folder for copies of the store (0700), made when it is missing. Codes: those of storeError. */
export function prepareBackups(folder: string): string {
  const path = backupsPath(folder);
  try {
    if (!existsSync(path)) mkdirSync(path, { mode: PRIVATE_FOLDER });
  } catch (thrown) {
    throw storeError(thrown, path);
  }
  return path;
}
