/** A file that is there whole or not at all. */
import { lstatSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { plainCause } from './cause.ts';
import { makeFolder } from './make-folder.ts';

/**
 * `what` names the file in errors. The target of a link, and a device (`/dev/null`, a terminal), are written in place
 * and not replaced by a file. Codes: `store-unwritable`, `disk-full`.
 */
export function writeWhole(path: string, text: string, what: string, mode = 0o666): void {
  const half = `${path}.${process.pid}.part`;
  try {
    // A new folder is readable by everybody who may read the file.
    makeFolder(dirname(path), mode | ((mode & 0o444) >> 2));
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true) {
      writeFileSync(half, text, { mode });
      renameSync(half, path);
      return;
    }
    mustTakeText(path);
    writeFileSync(path, text, { mode });
  } catch (thrown) {
    rmSync(half, { force: true });
    if (thrown instanceof RollbookError) throw thrown;
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new RollbookError(
      full ? 'disk-full' : 'store-unwritable',
      `${what} could not be written to ${path}: ${whyNot(path, thrown)}.`,
      full ? 'Free some disk space and try again.' : 'Choose another path.',
    );
  }
}

/** A folder may exist and take no files, such as those in /proc. */
function whyNot(path: string, thrown: unknown): string {
  const noFile = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
  const folder = dirname(path);
  return noFile && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
    ? `${folder} takes no new files`
    : plainCause(thrown);
}

/** A pipe would wait for its reader for ever. */
function mustTakeText(path: string): void {
  const target = statSync(path, { throwIfNoEntry: false });
  if (target === undefined || target.isFile() || target.isCharacterDevice()) return;
  throw new RollbookError(
    'store-unwritable',
    `${path} is a folder, a pipe or the like: nothing was written to it.`,
    'Choose the path of a file.',
  );
}
