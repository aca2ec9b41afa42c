/** Whether what lies on the disk is what an event says was written. */
import { createHash } from 'node:crypto';
import { plainCause } from '#core/files/cause.ts';
import { piecesOfRegular } from '#core/files/read-regular.ts';

export interface Measured {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Of the files' bytes one behind the other. An event may name what is no file. Throws as piecesOfRegular. */
export async function measure(paths: readonly string[]): Promise<Measured> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const path of paths)
    for await (const piece of piecesOfRegular(path)) {
      hash.update(piece);
      bytes += piece.length;
    }
  return { bytes, sha256: hash.digest('hex') };
}

/** What is wrong with it, as the end of a sentence that begins with its path; null when it is as it was recorded. */
export async function differs(paths: readonly string[], recorded: Measured): Promise<string | null> {
  if (paths.length === 0) return 'is gone';
  let found: Measured;
  try {
    found = await measure(paths);
  } catch (thrown) {
    return `cannot be read: ${plainCause(thrown)}`;
  }
  const { bytes, sha256 } = recorded;
  if (found.sha256 === sha256 && found.bytes === bytes) return null;
  if (found.bytes < bytes) return `was cut: ${found.bytes} of ${bytes} bytes are left`;
  if (found.bytes > bytes) return `was changed: it has ${found.bytes} bytes, ${bytes} were written`;
  return `was changed: it has its ${bytes} bytes, but not its SHA-256`;
}
