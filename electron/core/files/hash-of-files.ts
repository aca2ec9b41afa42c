import { createHash } from 'node:crypto';
import { piecesOfRegular } from './read-regular.ts';

export interface FileHash {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/**
 * Size and SHA-256 of several files as if they were one. Read in pieces: the output of a run may have hundreds of megabytes,
 * and the core answers meanwhile. Throws as piecesOfRegular.
 */
export async function hashOfFiles(paths: readonly string[]): Promise<FileHash> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const path of paths)
    for await (const piece of piecesOfRegular(path)) {
      hash.update(piece);
      bytes += piece.length;
    }
  return { bytes, sha256: hash.digest('hex') };
}
