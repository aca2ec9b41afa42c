/** A file that is there whole or not at all. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RollbookError } from '#shared/contract/result.ts';
import { plainCause } from './cause.ts';
import { makeFolder } from './make-folder.ts';

/** `what` names it in the error. Codes: `store-unwritable`, `disk-full`. */
export function writeWhole(path: string, text: string, what: string, mode = 0o666): void {
  const half = `${path}.${process.pid}.part`;
  try {
    makeFolder(dirname(path));
    writeFileSync(half, text, { mode });
    renameSync(half, path);
  } catch (thrown) {
    rmSync(half, { force: true });
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new RollbookError(
      full ? 'disk-full' : 'store-unwritable',
      `${what} could not be written to ${path}: ${plainCause(thrown)}.`,
      full ? 'Free some disk space and try again.' : 'Choose another path.',
    );
  }
}
