/** Checks the file of a program: whether it may be run for its help, and its hash. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, realpathSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { liesIn } from '#core/files/lies-in.ts';

/** The first bytes of native executables: ELF, Mach-O (both byte orders, 32 and 64 bits, universal), PE. */
const BINARY = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '4d5a'];

/**
 * Why a file may not be run, or null. A script may do anything for --help, and so may a file that came with the runbook.
 * `listed`: one of the tools that need no approval, some of which are scripts.
 */
export function refusal(path: string, folders: readonly string[], listed: boolean): string | null {
  if (!isAbsolute(path)) return 'its path is not absolute';
  const real = realpathSync(path);
  if (folders.some((folder) => liesIn(path, folder))) return 'it is in the folder of the runbook or its checkout';
  if (listed) return null;
  const begins = firstBytes(real);
  if (begins.startsWith(Buffer.from('#!').toString('hex'))) return 'it is a script';
  return BINARY.some((magic) => begins.startsWith(magic)) ? null : 'it is not a compiled program';
}

/** The key is the path and everything that changes with the contents. */
const known = new Map<string, Promise<string>>();

/** Hex. Read in chunks, and cached: a program may have hundreds of megabytes. Rejects with read errors. */
export async function sha256OfProgram(path: string): Promise<string> {
  const real = await realpath(path);
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(real, { bigint: true });
  const key = [real, dev, ino, size, mtimeNs, ctimeNs].join('\0');
  const hash = known.get(key) ?? hashOf(real);
  known.set(key, hash);
  hash.catch(() => known.delete(key));
  return await hash;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(4);
    return bytes.subarray(0, readSync(file, bytes, 0, 4, 0)).toString('hex');
  } finally {
    closeSync(file);
  }
}
