/** Private folders in the system's temporary one, named for the process that made them; after a kill the next start removes them. */
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOfTheDead, PROCESS_MARK, processMark } from './process-mark.ts';

const NAME = new RegExp(`^rollbook-[a-z]+-(${PROCESS_MARK.source})-\\w{6}$`);

/** Absolute path of a new 0700 folder. `what` it is for: one word. */
export function temporaryFolder(what: string, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, `rollbook-${what}-${processMark()}-`));
  chmodSync(folder, 0o700);
  return folder;
}

/** Removes those of our own user whose process is dead. Never throws. */
export function sweepTemporary(parent = tmpdir()): void {
  for (const path of foldersOfTheDead(parent)) {
    try {
      rmSync(path, { recursive: true });
    } catch {
      // Already gone.
    }
  }
}

/** Absolute paths of those of our own user whose process is dead. */
export const foldersOfTheDead = (parent: string): readonly string[] => foldersOf(parent, (mark) => isOfTheDead(mark));

/** As foldersOfTheDead, for processes that may be alive, this one or another. */
export const foldersOfTheLiving = (parent: string): readonly string[] =>
  foldersOf(parent, (mark) => !isOfTheDead(mark));

function foldersOf(parent: string, wanted: (mark: string) => boolean): readonly string[] {
  const names = namesIn(parent).filter((name) => {
    const mark = NAME.exec(name)?.[1];
    return mark !== undefined && wanted(mark);
  });
  return names.map((name) => join(parent, name)).filter(isOwnFolder);
}

function isOwnFolder(path: string): boolean {
  try {
    const stats = lstatSync(path);
    return stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid);
  } catch {
    return false;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
