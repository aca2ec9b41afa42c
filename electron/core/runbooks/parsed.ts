/** Parsed runbooks by their content: a text is parsed once in a process, the bundled one when Rollbook is built. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type ParsedRunbook, parseRunbook } from '#shared/runbook/parse.ts';

/** More than a machine knows of; each is about 1 MB in memory. */
const KEPT_MAX = 32;
/** Written by build/bundle/bundled-runbook.mjs beside the built code, from this build's own parser. The sources have none. */
const PREPARED = new URL('./bundled-runbook.json', import.meta.url);

const parsed = new Map<string, ParsedRunbook>();
/** Read when first asked for; null where there is none. */
let ofThisBuild: ParsedRunbook | null | undefined;

/**
 * The runbook with this content. `hash`: SHA-256 of its raw bytes, computed from them by the caller or by the store.
 * `path`: its last part is the title of a runbook without one. Codes: those of parseRunbook.
 */
export function parsedRunbook(hash: string, text: string | Uint8Array, path: string): ParsedRunbook {
  const name = basename(path);
  const key = `${hash} ${name}`;
  const known = parsed.get(key) ?? prepared(hash) ?? parseRunbook(text, name);
  parsed.delete(key);
  parsed.set(key, known);
  for (const oldest of parsed.keys()) if (parsed.size > KEPT_MAX) parsed.delete(oldest);
  return known;
}

function prepared(hash: string): ParsedRunbook | null {
  if (ofThisBuild === undefined)
    ofThisBuild = existsSync(PREPARED) ? (JSON.parse(readFileSync(PREPARED, 'utf8')) as ParsedRunbook) : null;
  return ofThisBuild?.hash === hash ? ofThisBuild : null;
}
