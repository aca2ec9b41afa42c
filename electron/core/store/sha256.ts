import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex, of bytes or of a text's UTF-8 bytes. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
