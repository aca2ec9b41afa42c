/**
 * An empty 0700 folder for each run, removed afterwards. It is empty so that no fly.toml, .env or project file of the
 * current folder affects a command. Each process has its own below a folder with its mark, so that leftovers of a
 * killed process can be told from folders in use.
 */

import { readdirSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import { isOfTheDead, PROCESS_MARK, processMark } from '#core/files/process-mark.ts';
import { RollbookError } from '#shared/api/result.ts';

export interface WorkingFolders {
  /** Absolute path. Codes: `store-unwritable`, `disk-full`. */
  make(runId: string): Promise<string>;
  /** Removes the folder after the run, whichever process began it; a missing folder is not an error. */
  remove(runId: string): Promise<void>;
}

const MARK = new RegExp(`^${PROCESS_MARK.source}$`);

/** `parent`: a folder of the data folder, made when missing. */
export function workingFolders(parent: string): WorkingFolders {
  const mark = processMark();
  /** Removes the run's folder, and after the last run of a dead process that process's folder too. */
  const removeOf = async (other: string, runId: string): Promise<void> => {
    await rm(join(parent, other, runId), { recursive: true, force: true });
    if (isOfTheDead(other)) await rmdir(join(parent, other)).catch(() => undefined);
  };
  const own = join(parent, mark);
  return {
    async make(runId) {
      const path = join(own, runId);
      try {
        await mkdir(own, { recursive: true, mode: 0o700 });
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
      await rm(join(own, runId), { recursive: true, force: true });
      for (const other of marksIn(parent)) {
        if (other !== mark) await removeOf(other, runId);
      }
    },
  };
}

/** Removes the folders of dead processes, unless `isQuiet` is false: a running command may use one. */
export async function sweepWork(parent: string, isQuiet: () => boolean): Promise<void> {
  const dead = marksIn(parent).filter(isOfTheDead);
  if (dead.length === 0 || !isQuiet()) return;
  for (const mark of dead) await rm(join(parent, mark), { recursive: true, force: true });
}

/** Folders that a run may have used, of any process: a killed one leaves its folder. Absolute paths, which may not exist. */
export const workOf = (parent: string, runId: string): readonly string[] =>
  marksIn(parent).map((mark) => join(parent, mark, runId));

function marksIn(parent: string): readonly string[] {
  try {
    return readdirSync(parent).filter((name) => MARK.test(name));
  } catch {
    return [];
  }
}
