/**
 * Where Rollbook keeps what people do while its store cannot be used: a private data folder beside the store, or in the
 * temporary folder, or in memory, whichever can be written. It is named for its process, so that the next start can tell
 * whether it is still in use, and lies below a folder that names the data folder it stands in for.
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, renameSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '#core/files/make-folder.ts';
import { foldersOfTheDead, temporaryFolder } from '#core/files/temporary-folder.ts';
import { processMark } from '#core/files/process-mark.ts';

const WHAT = 'emergency';
/** Linux keeps what is there in memory. */
const IN_MEMORY = '/dev/shm';

/** In the order in which they are tried; absolute paths. */
function parentsFor(dataFolder: string): readonly string[] {
  const name = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 12);
  const elsewhere = [tmpdir(), ...(existsSync(IN_MEMORY) ? [IN_MEMORY] : [])];
  return [join(dataFolder, WHAT), ...elsewhere.map((place) => join(place, `rollbook-${WHAT}-${name}`))];
}

/** Those that a Rollbook which is gone left for this data folder. */
export const leftFolders = (dataFolder: string): readonly string[] =>
  parentsFor(dataFolder).flatMap((parent) => (isOurs(parent) ? foldersOfTheDead(parent) : []));

/**
 * What `open` makes of the first folder in which it can: what a Rollbook that is gone left, so that its incidents go on, else
 * a new one, 0700. Null: there is none.
 */
export async function inEmergencyFolder<T>(
  dataFolder: string,
  open: (folder: string) => Promise<T>,
): Promise<T | null> {
  for (const left of leftFolders(dataFolder)) {
    const folder = takenOver(left);
    if (folder === null) continue;
    try {
      return await open(folder);
    } catch {
      // What is in it stays: a later start may read it.
    }
  }
  for (const parent of parentsFor(dataFolder)) {
    const folder = madeIn(parent);
    if (folder === null) continue;
    try {
      return await open(folder);
    } catch {
      // On a full disk a folder can be made, and nothing in it.
      await removeEmergencyFolder(folder);
    }
  }
  return null;
}

function madeIn(parent: string): string | null {
  try {
    makeFolder(parent, 0o700);
    return isOurs(parent) ? temporaryFolder(WHAT, parent) : null;
  } catch {
    return null;
  }
}

/** Removes it, and the folder it lies in when that is empty. Rejects when something of it stays. */
export async function removeEmergencyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    rmdirSync(dirname(folder));
  } catch {
    // Another one lies there.
  }
}

/** Null: another process was faster. */
function takenOver(folder: string): string | null {
  const own = join(dirname(folder), `rollbook-${WHAT}-${processMark()}-${basename(folder).slice(-6)}`);
  try {
    renameSync(folder, own);
    return own;
  } catch {
    return null;
  }
}

/** Anybody may make a folder of that name in the temporary one. */
function isOurs(path: string): boolean {
  try {
    const stats = lstatSync(path);
    const own = stats.uid === (process.getuid?.() ?? stats.uid);
    return stats.isDirectory() && own && (process.platform === 'win32' || (stats.mode & 0o077) === 0);
  } catch {
    return false;
  }
}
