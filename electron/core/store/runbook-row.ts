/**
 * Runbooks by content: the source under the hash of its raw bytes, and each model ever parsed from it under a hash of its
 * own. A later parser adds a model beside the old one, so an open incident keeps the steps it was declared with.
 */

export interface NewRunbook {
  /** Path of the file, or 'bundled'. */
  readonly name: string;
  /** The file's text as it is on disk, a byte order mark included: its UTF-8 bytes are the file's. */
  readonly source: string;
  /** The parsed model, any JSON object. */
  readonly model: unknown;
  readonly modelVersion: number;
}

export interface StoredRunbook extends NewRunbook {
  /** SHA-256 of the source, hex: computed by the store, never taken from anybody. */
  readonly hash: string;
  readonly modelHash: string;
  /** Milliseconds since the Unix epoch. */
  readonly addedAt: number;
}

export interface Runbooks {
  /** Stores what is not there yet, and puts right what was changed since. Answers the pair an incident pins. */
  readonly put: (runbook: NewRunbook) => Promise<{ readonly hash: string; readonly modelHash: string }>;
  /** With the named model, or with the one added last. Code: `store-corrupt` when text or model do not have their hash. */
  readonly get: (hash: string, modelHash?: string) => StoredRunbook | null;
  /** The text alone, even if its models are damaged; null when it is missing or does not have its hash. */
  readonly text: (hash: string) => Pick<StoredRunbook, 'name' | 'source'> | null;
  /** A model alone, even if its text is damaged; null when it is missing or does not have its hash. */
  readonly model: (modelHash: string) => Pick<StoredRunbook, 'hash' | 'name' | 'model'> | null;
  /** Every content ever stored, newest first, without sources and models. */
  readonly list: () => readonly { readonly hash: string; readonly name: string; readonly addedAt: number }[];
}

export interface TrustMark {
  readonly hash: string;
  /** The person who reviewed it, or 'rollbook' for the bundled one. */
  readonly by: string;
  readonly at: number;
  /** 'bundled', 'reviewed', 'reviewed-changes'... */
  readonly how: string;
}

export interface Trust {
  /** The first mark stays: trusting again changes nothing. Code: `not-found` (no such runbook stored). */
  readonly add: (mark: TrustMark) => Promise<void>;
  readonly of: (hash: string) => TrustMark | null;
  /** The content of this name that was trusted last: it stays runnable while a changed one waits for review. */
  readonly lastTrusted: (name: string) => TrustMark | null;
}
