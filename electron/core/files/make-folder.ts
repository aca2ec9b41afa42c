import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * As `mkdir -p`, but each missing folder is tried once: Node's recursive mkdir never returns where a created folder
 * does not appear, such as below /proc. Throws what mkdir throws; ENOTDIR or EEXIST if a file is in the way.
 */
export function makeFolder(path: string, mode = 0o777): void {
  const missing: string[] = [];
  for (let at = path; !isThere(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode });
    } catch (thrown) {
      // Another process that starts at the same time made it first.
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(folder)) throw thrown;
    }
  }
  if (missing.length === 0 && !isFolder(path)) mkdirSync(path, { mode });
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Modes for files that only their owner may read: the data folder and its exports. Windows has no such modes. */
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/** Makes the folder and those above it that are missing; one that is there keeps its mode. Throws what mkdir throws. */
export function makePrivateFolder(path: string): void {
  makeFolder(path, PRIVATE_FOLDER);
}
