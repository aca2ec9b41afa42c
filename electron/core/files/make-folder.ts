import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * As `mkdir -p`, each missing folder tried once: Node's own recursive one never comes back where a folder that was made
 * is not there, as below /proc. Throws what mkdir throws; a file in the place of the folder is ENOTDIR or EEXIST.
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

/** What only its owner may read: everything in the data folder, and what is exported from it. Windows has no such modes. */

export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/** Makes the folder and those above it that are missing; one that is there keeps its mode. Throws what mkdir throws. */
export function makePrivateFolder(path: string): void {
  makeFolder(path, PRIVATE_FOLDER);
}
