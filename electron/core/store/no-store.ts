/** Things in the place of the store that are not one. Found before anything is opened: opening a named pipe never ends. */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { storePath } from './paths.ts';

/** The store and the files that SQLite keeps beside it. */
const ENDS = ['', '-wal', '-shm', '-journal'];

/** Code: `store-unwritable` for a named pipe, a device, a socket or a folder. */
export function mustBeFiles(folder: string): void {
  for (const end of ENDS) {
    const path = `${storePath(folder)}${end}`;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || stats.isFile()) continue;
    throw new RollbookError(
      'store-unwritable',
      `${path} is ${kindOf(stats)}, not a file, so it cannot be used as the store.`,
      'It was not opened, changed or deleted. Move it aside, then put the store or a backup of it in its place.',
      { path },
    );
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** Folders that incidents leave beside the store. */
const LEFT_BY_INCIDENTS = ['outputs', 'dumps', 'reports', 'handovers', 'backups'];

/** Another process that starts at the same time makes the file, and fills it a moment later: ms, and how often to look. */
const LOOK_AGAIN_MS = 50;
const LOOKS = 10;

/**
 * An empty file is a store that was just begun, or one whose contents were lost. Code: `store-corrupt` when files of
 * earlier incidents lie beside it, so that they were lost.
 */
export async function mustNotBeEmptied(folder: string, sleep: (ms: number) => Promise<void>): Promise<void> {
  for (let looks = 1; isEmptied(folder); looks += 1) {
    if (looks === LOOKS) throw emptied(folder);
    await sleep(LOOK_AGAIN_MS);
  }
}

const isEmptied = (folder: string): boolean =>
  statSync(storePath(folder), { throwIfNoEntry: false })?.size === 0 && foldersLeft(folder).length > 0;

const foldersLeft = (folder: string): readonly string[] => LEFT_BY_INCIDENTS.filter((name) => holdsAny(folder, name));

function holdsAny(folder: string, name: string): boolean {
  try {
    return readdirSync(join(folder, name)).length > 0;
  } catch {
    return false;
  }
}

function emptied(folder: string): RollbookError {
  const path = storePath(folder);
  return new RollbookError(
    'store-corrupt',
    `The store is empty (0 bytes), but files of earlier incidents lie beside it (in ${foldersLeft(folder).join(', ')}): ${path}.`,
    'Nothing was changed or deleted. Put back a backup of yours or one from the backups folder. To start with an empty store instead, delete the empty rollbook.db.',
    { path },
  );
}
