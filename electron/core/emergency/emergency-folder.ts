/**
 * The folder for what people do while the store cannot be used: a private data folder beside the store, in the
 * temporary folder, or in memory, whichever can be written. It is named for its process, so that the next start can
 * tell whether it is in use, and lies in a folder named for the data folder it stands in for.
 */
import { renameSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import { isPrivateFolder, placesFor } from '#core/files/fallback-folders.ts';
import { foldersOfTheDead, foldersOfTheLiving, temporaryFolder } from '#core/files/temporary-folder.ts';
import { processMark } from '#core/files/process-mark.ts';

const WHAT = 'emergency';

const privatePlaces = (dataFolder: string): readonly string[] => placesFor(dataFolder, WHAT).filter(isPrivateFolder);

/** Folders of Rollbooks that have ended, for this data folder. */
export const leftFolders = (dataFolder: string): readonly string[] =>
  privatePlaces(dataFolder).flatMap((place) => foldersOfTheDead(place));

/** Folders of Rollbooks that are running. */
export const usedFolders = (dataFolder: string): readonly string[] =>
  privatePlaces(dataFolder).flatMap((place) => foldersOfTheLiving(place));

/**
 * Calls `open` with the first folder in which it succeeds: one that an ended Rollbook left, so that its incidents
 * continue, or a new one (0700). `isFull`: the data folder's disk is full, so it is tried last. Null: there is none.
 */
export async function inEmergencyFolder<T>(
  dataFolder: string,
  isFull: boolean,
  open: (folder: string) => Promise<T>,
): Promise<T | null> {
  for (const left of leftFolders(dataFolder)) {
    const folder = takenOver(left);
    if (folder === null) continue;
    try {
      return await open(folder);
    } catch {
      // The folder stays: a later start may be able to read it.
    }
  }
  const [beside, ...elsewhere] = placesFor(dataFolder, WHAT);
  const own = beside === undefined ? [] : [beside];
  for (const place of isFull ? [...elsewhere, ...own] : [...own, ...elsewhere]) {
    const folder = madeIn(place);
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

function madeIn(place: string): string | null {
  try {
    makePrivateFolder(place);
    return isPrivateFolder(place) ? temporaryFolder(WHAT, place) : null;
  } catch {
    return null;
  }
}

/** Removes the folder, and its parent when that is empty. Rejects when something cannot be removed. */
export async function removeEmergencyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    rmdirSync(dirname(folder));
  } catch {
    // The parent is not empty.
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
