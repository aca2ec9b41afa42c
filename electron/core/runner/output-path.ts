import { join } from 'node:path';
import { RollbookError } from '#shared/contract/result.ts';

/**
 * Where the output of a run or a capture lies, relative to the data folder: the one place that makes a path of an id, which
 * may come from a window or from another machine. Code: `bad-arguments`.
 */
export function outputPath(id: string): string {
  if (!/^[\w-]{1,100}$/.test(id))
    throw new RollbookError('bad-arguments', `"${id}" is no id of a run.`, 'Open the incident again.');
  return join('outputs', `${id}.log`);
}
