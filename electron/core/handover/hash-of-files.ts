import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** SHA-256 of the files' bytes one behind the other, hex: each is a part of at most 16 MB. */
export function hashOfFiles(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex');
}
