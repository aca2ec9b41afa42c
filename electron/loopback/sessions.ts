/** Secrets of admitted windows. They are only in this process and in the window's sessionStorage. */
import { createHash, randomBytes } from 'node:crypto';

export class Sessions {
  #digests = new Set<string>();

  /** A new 256-bit secret. One is made for each one-time link that was used, so the number of links limits their number. */
  create(): string {
    const secret = randomBytes(32).toString('base64url');
    this.#digests.add(digestOf(secret));
    return secret;
  }

  accepts(secret: string): boolean {
    return this.#digests.has(digestOf(secret));
  }
}

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
