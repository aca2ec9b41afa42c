import { basename, relative } from 'node:path';
import { startedByNpm } from './caller-folder.mjs';

/**
 * What a person typed to start the rollbook command of a checkout. electron/cli/invocation.ts prints it before each next
 * command.
 * @param {{ script: string, cwd: string, byNpm: boolean }} started `script`: as Node was given it, a link is not followed
 * @returns {string}
 */
export function invocation(
  { script, cwd, byNpm } = { script: process.argv[1] ?? '', cwd: process.cwd(), byNpm: startedByNpm() },
) {
  if (byNpm) return 'npm run -s rollbook --';
  // A link on the PATH, as `npm link` makes it.
  if (basename(script) !== 'rollbook.mjs') return 'rollbook';
  const path = relative(cwd, script);
  return `node ${/\s/.test(path) ? `"${path}"` : path}`;
}
