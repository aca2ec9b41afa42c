import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { RollbookError } from '#shared/contract/result.ts';
import { dataFolder } from '#core/machine.ts';
import { storePath } from '#core/store/paths.ts';
import type { Terminal } from './terminal.ts';

/**
 * Where a command is to write, as an absolute path; said before any work is done. A folder is never made by the way: a
 * slip in a path would put a report where nobody looks. `input`: what the command reads, which is never written over; nor
 * is the store. Code: `bad-arguments`.
 */
export function outputPath(terminal: Pick<Terminal, 'cwd'>, file: string, input?: string): string {
  const path = resolve(terminal.cwd, file);
  const store = storePath(dataFolder(process.env));
  if ([store, `${store}-wal`, `${store}-shm`].some((each) => isSameFile(each, path)))
    throw notOver(`${file} is Rollbook's own store`);
  if (input !== undefined && isSameFile(resolve(terminal.cwd, input), path))
    throw notOver(`${file} is the file that is read`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    const advice = `Name a file in it: ${file.replace(/[/\\]+$/, '')}/NAME.`;
    throw new RollbookError('bad-arguments', `${file} is a folder. Nothing was written.`, advice);
  }
  return inFolder(path, file);
}

/** Where a folder of files is to be written: one that is there, or a new one. Code: `bad-arguments`. */
export const outputFolder = (terminal: Pick<Terminal, 'cwd'>, folder: string): string =>
  inFolder(resolve(terminal.cwd, folder), folder);

/** The path, if the folder that it lies in is there. */
function inFolder(path: string, file: string): string {
  const folder = dirname(path);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return path;
  const what = found === undefined ? `There is no folder ${folder}` : `${folder} is a file, not a folder`;
  const advice = found === undefined ? `Make it first (mkdir -p ${folder}), or name another one.` : 'Name another one.';
  throw new RollbookError('bad-arguments', `${what}, so ${file} cannot be written. Nothing was written.`, advice);
}

const notOver = (what: string): RollbookError =>
  new RollbookError('bad-arguments', `${what}: it is not written over. Nothing was written.`, 'Name another file.');

function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    // One of them is not there.
    return false;
  }
}
