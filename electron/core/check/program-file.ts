/** The file of a program: whether it may be run for its help, and its hash. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, realpathSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { liesIn } from '#core/files/lies-in.ts';

/** The first bytes of what a processor runs: ELF, Mach-O (both orders, both widths, and several in one), PE. */
const BINARY = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '4d5a'];

/**
 * Why a file is not run, or null. A script's --help may do anything; so may a file that came with the runbook. `listed`:
 * one of the tools that are asked without an approval, some of which are scripts themselves.
 */
export function refusal(path: string, folders: readonly string[], listed: boolean): string | null {
  if (!isAbsolute(path)) return 'its path is not absolute';
  const real = realpathSync(path);
  if (folders.some((folder) => liesIn(path, folder))) return 'it lies in the folder of the runbook or its checkout';
  if (listed) return null;
  const begins = firstBytes(real);
  if (begins.startsWith(Buffer.from('#!').toString('hex'))) return 'it is a script';
  return BINARY.some((magic) => begins.startsWith(magic)) ? null : 'it is no compiled program';
}

/** By the file, and by all of it that changes with its contents. */
const known = new Map<string, Promise<string>>();

/** Hex. Read in pieces, and once for each state of a file: a program may be hundreds of megabytes. Rejects as reading does. */
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
