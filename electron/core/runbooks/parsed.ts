/** Parsed runbooks by their content: a text is parsed once in a process, the bundled one when Rollbook is built. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ParsedRunbook } from '#shared/runbook/parse.ts';
import { inThread } from '#core/untrusted/in-thread.ts';

/** More than a machine knows of; each is about 1 MB in memory. */
const KEPT_MAX = 32;
/** Written by build/bundle/bundled-runbook.mjs beside the built code, from this build's own parser. The sources have none. */
const PREPARED = new URL('./bundled-runbook.json', import.meta.url);

const parsed = new Map<string, Promise<ParsedRunbook>>();
/** Read when first asked for; null where there is none. */
let ofThisBuild: Promise<ParsedRunbook | null> | undefined;

/**
 * The runbook with this content. `hash`: SHA-256 of its raw bytes, computed from them by the caller or by the store.
 * `path`: its last part is the title of a runbook without one. Codes: those of parseRunbook, for the same content again
 * without another reading.
 */
export function parsedRunbook(hash: string, raw: string | Uint8Array, path: string): Promise<ParsedRunbook> {
  const name = basename(path);
  const key = `${hash} ${name}`;
  const known = parsed.get(key) ?? parse(hash, raw, name);
  parsed.delete(key);
  parsed.set(key, known);
  for (const oldest of parsed.keys()) if (parsed.size > KEPT_MAX) parsed.delete(oldest);
  return known;
}

async function parse(hash: string, raw: string | Uint8Array, name: string): Promise<ParsedRunbook> {
  ofThisBuild ??= prepared();
  const known = await ofThisBuild;
  return known?.hash === hash ? known : await inThread('parse', { raw, name }, name);
}

const prepared = async (): Promise<ParsedRunbook | null> =>
  existsSync(PREPARED) ? (JSON.parse(await readFile(PREPARED, 'utf8')) as ParsedRunbook) : null;
