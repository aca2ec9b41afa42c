/**
 * An empty 0700 folder for each run, removed afterwards. Empty, so that no fly.toml, .env or project file of the place
 * where the app happens to stand takes part in a command.
 */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { RollbookError } from '#shared/contract/result.ts';

export interface WorkingFolders {
  /** Absolute path. Codes: `store-unwritable`, `disk-full`. */
  make(runId: string): Promise<string>;
  /** Once the run is over; a folder that is gone already is no error. */
  remove(runId: string): Promise<void>;
}

/** `parent`: a folder of the data folder, made when missing. */
export function workingFolders(parent: string): WorkingFolders {
  return {
    async make(runId) {
      const path = join(parent, runId);
      try {
        await mkdir(parent, { recursive: true, mode: 0o700 });
        await mkdir(path, { mode: 0o700 });
      } catch (thrown) {
        const full = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC';
        throw new RollbookError(
          full ? 'disk-full' : 'store-unwritable',
          `The working folder ${path} could not be made: ${String(thrown)}`,
          full ? 'Free some disk space and try again.' : 'Make the data folder writable and try again.',
        );
      }
      return path;
    },
    async remove(runId) {
      await rm(join(parent, runId), { recursive: true, force: true });
    },
  };
}
