/** A file that is there whole or not at all. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RollbookError } from '#shared/contract/result.ts';

/** `what` names it in the error. Codes: `store-unwritable`, `disk-full`. */
export function writeWhole(path: string, text: string, what: string, mode = 0o666): void {
  const half = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(half, text, { mode });
    renameSync(half, path);
  } catch (thrown) {
    rmSync(half, { force: true });
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new RollbookError(
      full ? 'disk-full' : 'store-unwritable',
      `${what} could not be written to ${path}: ${why}`,
      full ? 'Free some disk space and try again.' : 'Choose another path.',
    );
  }
}
