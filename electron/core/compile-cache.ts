/** Keeps the compiled code of Rollbook between starts, so that a start does not compile it again. */
import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import envPaths from 'env-paths';

/**
 * For modules that are imported after this call. The code lies in the person's own cache folder (0700; ROLLBOOK_CACHE names
 * another one): Node's default is a folder in /tmp, where another user could put code of his own. Never throws: without the
 * folder a start is slower.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv = process.env): void {
  const folder = join(env['ROLLBOOK_CACHE'] || envPaths('rollbook', { suffix: '' }).cache, 'compiled');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    enableCompileCache(folder);
  } catch {
    // A read-only home, for example.
  }
}
