/** What only its owner may read: everything in the data folder, and what is exported from it. Windows has no such modes. */
import { makeFolder } from './make-folder.ts';

export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/** Makes the folder and those above it that are missing; one that is there keeps its mode. Throws what mkdir throws. */
export function makePrivateFolder(path: string): void {
  makeFolder(path, PRIVATE_FOLDER);
}
