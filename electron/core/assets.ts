import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RollbookError } from '#shared/api/result.ts';

/**
 * Files that Rollbook reads at run time: the bundled runbook, the drill scenarios, the built window. The code runs from
 * three places (the sources, dist/, a packaged app), so paths start at Rollbook's package.json, which is found by
 * walking up from this module.
 */

const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/**
 * Absolute path of a file of Rollbook; it may not exist. `name` is relative to the project root and written with
 * slashes: `assetPath('shared/runbooks/hotdash.md')`, `assetPath('dist/window')`.
 */
export function assetPath(name: string): string {
  return join(root, ...name.split('/'));
}

/**
 * The nearest folder at or above `from` whose package.json is Rollbook's.
 * Throws RollbookError `environment` when there is none, which means that the code was copied without its project.
 */
function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isRollbook(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw new RollbookError(
    'environment',
    `Rollbook's own files were not found above ${from}.`,
    'Run Rollbook from its project folder or from a complete installation.',
  );
}

function isRollbook(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name === 'rollbook';
  } catch {
    return false;
  }
}
