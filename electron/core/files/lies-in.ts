import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is below a folder, as written or after following links. */
export const liesIn = (path: string, folder: string): boolean =>
  [path, realOf(path)].some((one) => isBelow(one, folder) || isBelow(one, realOf(folder)));

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
