/** The file behind a program's name: whether it may be run for its help at all, and what it holds. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { liesIn } from '#core/files/lies-in.ts';

/** The first bytes of what a processor runs: ELF, Mach-O (both orders, both widths, and several in one), PE. */
const BINARY = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '4d5a'];

/**
 * Why a file is not run, or null. A script's --help may do anything; so may a file that came with the runbook. `listed`:
 * one of the tools that are asked without an approval, some of which are scripts themselves.
 */
export function refusal(path: string, folder: string, listed: boolean): string | null {
  if (!isAbsolute(path)) return 'its path is not absolute';
  const real = realpathSync(path);
  if (liesIn(path, folder)) return 'it lies in the folder of the runbook';
  if (listed) return null;
  const begins = firstBytes(real);
  if (begins.startsWith(Buffer.from('#!').toString('hex'))) return 'it is a script';
  return BINARY.some((magic) => begins.startsWith(magic)) ? null : 'it is no compiled program';
}

/** Hex. */
export const sha256OfProgram = (path: string): string =>
  createHash('sha256')
    .update(readFileSync(realpathSync(path)))
    .digest('hex');

function firstBytes(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(4);
    return bytes.subarray(0, readSync(file, bytes, 0, 4, 0)).toString('hex');
  } finally {
    closeSync(file);
  }
}
