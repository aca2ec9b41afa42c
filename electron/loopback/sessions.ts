/** Secrets of admitted windows. They live in this process and in the window's sessionStorage, nowhere else. */
import { createHash, randomBytes } from 'node:crypto';

export interface Sessions {
  /** A new 256-bit secret. One is made for each one-time link that was used, so their number has its bound there. */
  create(): string;
  accepts(secret: string): boolean;
}

export function openSessions(): Sessions {
  const known = new Set<string>();
  const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
  return {
    create() {
      const secret = randomBytes(32).toString('base64url');
      known.add(digestOf(secret));
      return secret;
    },
    accepts: (secret) => known.has(digestOf(secret)),
  };
}
