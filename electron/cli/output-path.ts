import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { RollbookError } from '#shared/contract/result.ts';
import type { Terminal } from './terminal.ts';

/**
 * Where a command is to write, as an absolute path; said before any work is done. A folder is never made by the way: a
 * slip in a path would put a report where nobody looks. Code: `bad-arguments`.
 */
export function outputPath(terminal: Pick<Terminal, 'cwd'>, file: string): string {
  const path = resolve(terminal.cwd, file);
  const folder = dirname(path);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return path;
  const what = found === undefined ? `There is no folder ${folder}` : `${folder} is a file, not a folder`;
  const advice = found === undefined ? `Make it first (mkdir -p ${folder}), or name another one.` : 'Name another one.';
  throw new RollbookError('bad-arguments', `${what}, so ${file} cannot be written. Nothing was written.`, advice);
}
