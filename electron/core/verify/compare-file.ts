import { plainCause } from '#core/files/cause.ts';
import { type FileHash, hashOfFiles } from '#core/files/hash-of-files.ts';

/**
 * How files differ from what an event recorded of them, as the end of a sentence that begins with their path; null when they do
 * not differ.
 */
export async function differs(paths: readonly string[], recorded: FileHash): Promise<string | null> {
  if (paths.length === 0) return 'is gone';
  let found: FileHash;
  try {
    found = await hashOfFiles(paths);
  } catch (thrown) {
    return `cannot be read: ${plainCause(thrown)}`;
  }
  const { bytes, sha256 } = recorded;
  if (found.sha256 === sha256 && found.bytes === bytes) return null;
  if (found.bytes < bytes) return `was cut: ${found.bytes} of ${bytes} bytes are left`;
  if (found.bytes > bytes) return `was changed: it has ${found.bytes} bytes, ${bytes} were written`;
  return `was changed: it has its ${bytes} bytes, but not its SHA-256`;
}
