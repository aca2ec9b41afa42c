import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { liesIn } from '#core/files/lies-in.ts';
import { dataFolder } from '#core/this-machine.ts';
import type { Terminal } from './terminal.ts';

/** Folders of the data folder that hold files for people. Everything else there is evidence or belongs to Rollbook. */
const FOR_PEOPLE = ['reports', 'handovers'] as const;

/**
 * Absolute path of a file to write, checked before any work is done. Folders are not created: after a typo in a path
 * the report would be where nobody looks. `inputs`: files that the command reads, which are never overwritten; nor is
 * anything in the data folder, except in the folders for reports and bundles. Code: `bad-arguments`.
 */
export function outputPath(terminal: Pick<Terminal, 'cwd'>, file: string, ...inputs: readonly string[]): string {
  const path = resolve(terminal.cwd, file);
  mustBeOutside(path, file);
  if (inputs.some((input) => isSameFile(resolve(terminal.cwd, input), path)))
    throw notOver(`${file} is the file that is read`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    const advice = `Name a file in it: ${file.replace(/[/\\]+$/, '')}/NAME.`;
    throw new RollbookError('bad-arguments', `${file} is a folder. Nothing was written.`, advice);
  }
  return inFolder(path, file);
}

/** Absolute path of a folder to write files into: an existing or a new one. Code: `bad-arguments`. */
export function outputFolder(terminal: Pick<Terminal, 'cwd'>, folder: string): string {
  const path = resolve(terminal.cwd, folder);
  mustBeOutside(path, folder);
  return inFolder(path, folder);
}

/** A runbook that people keep in a file is not written over either. `names`: of those that are stored. Code: `bad-arguments`. */
export function mustBeNoRunbook(path: string, file: string, names: readonly string[]): void {
  if (names.some((name) => isSameFile(name, path))) throw notOver(`${file} is the file of a runbook`);
}

function mustBeOutside(path: string, file: string): void {
  const own = dataFolder(process.env);
  // A link is followed: its target is what would be written.
  const real = realOf(path) ?? join(realOf(dirname(path)) ?? dirname(path), basename(path));
  if (!isSameFile(real, own) && !liesIn(real, own)) return;
  if (FOR_PEOPLE.some((name) => liesIn(real, join(own, name)))) return;
  throw new RollbookError(
    'bad-arguments',
    `${file} lies in Rollbook's own data folder, ${own}, which holds the store and the evidence. Nothing was written.`,
    `Name a place outside of it, or a file in ${join(own, FOR_PEOPLE[0])}.`,
  );
}

/** The path, if its folder exists. */
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

const isSameFile = (one: string, other: string): boolean =>
  one === other || (realOf(one) !== null && realOf(one) === realOf(other));

/** Null: it is not there. */
function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
