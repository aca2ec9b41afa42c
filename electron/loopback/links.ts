/** One-time links: each admits one window, once. Only digests of tokens are kept; the token itself is in the file. */
import { createHash, randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sweepTemporary, temporaryFolder } from '#core/files/temporary-folder.ts';
import { TOKEN_FRAGMENT } from '#shared/api/wire.ts';

export interface Link {
  /** Absolute path of the redirect file (0600 in a 0700 folder); gone once the link was used. */
  readonly openFile: string;
  /** `http://127.0.0.1:PORT/#token=...`, for a person who has to carry it to a browser. */
  readonly url: string;
}

export interface Links {
  create(): Promise<Link>;
  /** Spends a token. Of two at the same time one is `accepted`. */
  use(token: string): Promise<'accepted' | 'used' | 'unknown'>;
  /** Removes the files that are left; every link is useless from now on. */
  close(): Promise<void>;
}

/** `parent` is where the private folder is made; at most `limit` links wait at a time. */
export async function openLinks(origin: string, parent: string, limit: number): Promise<Links> {
  sweepTemporary(parent);
  const folder = temporaryFolder('link', parent);
  const waiting = new Map<string, string>();
  const used = new Set<string>();
  let made = 0;

  const spend = async (digest: string, file: string): Promise<void> => {
    waiting.delete(digest);
    used.add(digest);
    await rm(file, { force: true });
  };

  return {
    async create() {
      // Not through a port: a token that a test can predict is not secret.
      const token = randomBytes(32).toString('base64url');
      const openFile = join(folder, `open-${(made += 1)}.html`);
      const url = `${origin}/${TOKEN_FRAGMENT}${token}`;
      await writeFile(openFile, redirectPage(url), { mode: 0o600, flag: 'wx' });
      waiting.set(digestOf(token), openFile);
      const oldest = waiting.entries().next().value;
      if (waiting.size > limit && oldest !== undefined) await spend(...oldest);
      return { openFile, url };
    },
    async use(token) {
      const digest = digestOf(token);
      const file = waiting.get(digest);
      if (file === undefined) return used.has(digest) ? 'used' : 'unknown';
      await spend(digest, file);
      return 'accepted';
    },
    async close() {
      waiting.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A look-up by digest takes the same time for every wrong token. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * The little page that carries a one-time link from this process to the browser: a command line is visible to every
 * user of the machine, a 0600 file is not. No script: a refresh works with scripts switched off as well.
 */
export function redirectPage(url: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta http-equiv="refresh" content="0;url=${url}">
<title>Rollbook</title>
</head>
<body><p><a href="${url}" rel="noreferrer">Open Rollbook</a></p></body>
</html>
`;
}
