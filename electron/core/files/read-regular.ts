/** Reads what others may have put there: regular files alone, without ever waiting for one, up to a limit. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Beside the codes of the system: `EISDIR` a folder, `ENOTFILE` a FIFO, socket or device, `EFBIG` more than the limit,
 * `EOTHERS` one that others may read.
 */
export class RefusedFile extends Error {
  readonly code: 'EISDIR' | 'ENOTFILE' | 'EFBIG' | 'EOTHERS';
  readonly bytes: number;

  constructor(code: RefusedFile['code'], why: string, bytes = 0) {
    super(why);
    this.code = code;
    this.bytes = bytes;
  }
}

/** A FIFO would keep the opening waiting for its writer. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** `ownersOnly`: it holds a secret. Throws RefusedFile and the system's own errors. */
export function readRegular(
  path: string,
  limitBytes: number,
  { ownersOnly = false }: { readonly ownersOnly?: boolean } = {},
): Buffer {
  const fd = openSync(path, FLAGS);
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) throw new RefusedFile('EISDIR', 'it is a folder');
    if (!stats.isFile()) throw new RefusedFile('ENOTFILE', 'it is no regular file');
    if (stats.size > limitBytes) throw new RefusedFile('EFBIG', 'it is too large', stats.size);
    // Windows has no such modes: there the folder's access list decides.
    if (ownersOnly && process.platform !== 'win32' && (stats.mode & 0o077) !== 0)
      throw new RefusedFile('EOTHERS', 'it can be read by others');
    return readUpTo(fd, limitBytes);
  } finally {
    closeSync(fd);
  }
}

/** Reads a file in pieces that is too large for memory. Throws RefusedFile and the system's own errors. */
export async function* piecesOfRegular(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, FLAGS);
  try {
    if (!(await file.stat()).isFile()) throw new RefusedFile('ENOTFILE', 'it is no regular file');
    yield* file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>;
  } finally {
    await file.close();
  }
}

/** A file may grow while it is read, and files in /proc report size 0. */
function readUpTo(fd: number, limitBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const read = readSync(fd, chunk);
    if (read === 0) return Buffer.concat(chunks);
    bytes += read;
    if (bytes > limitBytes) throw new RefusedFile('EFBIG', 'it is too large', bytes);
    chunks.push(chunk.subarray(0, read));
  }
}
