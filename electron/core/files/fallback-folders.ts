/** Folders that stand in for one of the data folder when that cannot be written: in the temporary folder, and in memory. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Linux keeps what is there in memory. */
const IN_MEMORY = '/dev/shm';

/**
 * The folder `name` of the data folder, then its fallbacks, in the order in which to try them. They are named for the
 * data folder, so that two data folders share none. Absolute paths; none is created.
 */
export function placesFor(dataFolder: string, name: string): readonly string[] {
  const mark = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 12);
  const elsewhere = [tmpdir(), ...(existsSync(IN_MEMORY) ? [IN_MEMORY] : [])];
  return [join(dataFolder, name), ...elsewhere.map((place) => join(place, `rollbook-${name}-${mark}`))];
}

/** Ours and private: anybody may have made a folder of that name in the temporary folder. */
export function isPrivateFolder(path: string): boolean {
  try {
    const stats = lstatSync(path);
    const isOwn = stats.uid === (process.getuid?.() ?? stats.uid);
    return stats.isDirectory() && isOwn && (process.platform === 'win32' || (stats.mode & 0o077) === 0);
  } catch {
    return false;
  }
}
