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
  for (const name of namesIn(parent)) {
    const mark = NAME.exec(name)?.[1];
    if (mark === undefined || !isOfTheDead(mark)) continue;
    try {
      const path = join(parent, name);
      const stats = lstatSync(path);
      if (stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid)) rmSync(path, { recursive: true });
    } catch {
      // Somebody else's, or gone already.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
