/** Parsed runbooks by their content: a text is parsed once in a process, the bundled one when Rollbook is built. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Root } from 'mdast';
import type { ParsedRunbook } from '#shared/runbook/parse.ts';
import { inThread } from '#core/untrusted/in-thread.ts';

/** More runbooks than a machine has; each takes about 1 MB of memory. */
const KEPT_MAX = 32;
/** Written by build/bundle/bundled-runbook.mjs beside the built code, from this build's own parser. The sources have none. */
const PREPARED = new URL('./bundled-runbook.json', import.meta.url);

interface ReadRunbook extends Omit<ParsedRunbook, 'tree'> {
  /** Unpacked when it is shown. */
  readonly tree: () => Promise<Root>;
}

const parsed = new Map<string, Promise<ReadRunbook>>();
/** Read when first asked for; null where there is none. */
let ofThisBuild: Promise<ReadRunbook | null> | undefined;

/**
 * The parsed runbook, cached by content. `hash`: SHA-256 of its raw bytes, from the caller or the store. `path`: its
 * last part is the title of a runbook without one. Codes: those of parseRunbook; an error is cached too.
 */
export function parsedRunbook(hash: string, raw: string | Uint8Array, path: string): Promise<ReadRunbook> {
  const name = basename(path);
  const key = `${hash} ${name}`;
  const known = parsed.get(key) ?? parse(hash, raw, name);
  parsed.delete(key);
  parsed.set(key, known);
  for (const oldest of parsed.keys()) if (parsed.size > KEPT_MAX) parsed.delete(oldest);
  return known;
}

async function parse(hash: string, raw: string | Uint8Array, name: string): Promise<ReadRunbook> {
  ofThisBuild ??= prepared();
  const known = await ofThisBuild;
  if (known?.hash === hash) return known;
  const { tree, ...read } = await inThread('parse', { raw, name }, name);
  return { ...read, tree: () => unpacked(tree) };
}

async function prepared(): Promise<ReadRunbook | null> {
  if (!existsSync(PREPARED)) return null;
  const { tree, ...read } = JSON.parse(await readFile(PREPARED, 'utf8')) as ParsedRunbook;
  return { ...read, tree: () => Promise.resolve(tree) };
}

/** Unpacking a large tree takes a while, and so does its use: other callers of the core get a turn in between. */
async function unpacked(tree: string): Promise<Root> {
  const root = JSON.parse(tree) as Root;
  await new Promise((resolve) => setImmediate(resolve));
  return root;
}
