/**
 * Reads and writes the files in the arguments of simulated tools. Special files never block a tool, and other files are
 * not overwritten.
 */
import { statSync, writeFileSync } from 'node:fs';
import { readRegular } from '#core/files/read-regular.ts';

const MAX_BYTES = 16 * 1024 * 1024;

export type Named = { readonly text: string } | { readonly why: string };

/** Reads a file, or says why it cannot be read, in the words of the system. `path`: absolute. */
export function readArgumentFile(path: string): Named {
  try {
    return { text: readRegular(path, MAX_BYTES).toString('utf8') };
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    return { why: code === 'ENOENT' ? 'No such file or directory' : message };
  }
}

/** Writes a file; returns null, or why it was not written. `over`: what may be overwritten. `path`: absolute. */
export function writeArgumentFile(path: string, text: string, over: 'nothing' | 'a file'): string | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isFile()) return 'it is no regular file';
    if (over === 'nothing' && (stats?.size ?? 0) > 0) return 'it is there already';
    writeFileSync(path, text);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
