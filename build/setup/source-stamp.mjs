import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A stamp of source files: which there were, when they were written, what they held. Times and sizes answer in
 * milliseconds; the content is read only when those differ, so a checkout that touches files does not build again.
 * @typedef {{ readonly mtimeMs: number, readonly size: number, readonly hash: string }} Source
 * @typedef {{ readonly [path: string]: Source }} SourceStamp
 */

/** What nothing is built from; the documents among it (a runbook is none). */
const IGNORED = new Set(['node_modules', 'dist', '.cache', '.git', 'README.md', 'FORMAT.md']);

/** The files below the given folders (and the given files themselves), sorted; names relative to root, with slashes. */
export function listSources(/** @type {string} */ root, /** @type {readonly string[]} */ names) {
  /** @type {string[]} */
  const files = [];
  const visit = (/** @type {string} */ name) => {
    const found = statSync(join(root, name), { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isDirectory()) files.push(name);
    else for (const child of readdirSync(join(root, name))) if (!IGNORED.has(child)) visit(`${name}/${child}`);
  };
  for (const name of names) visit(name);
  return files.sort();
}

/**
 * The stamp of the sources as they are now. Hashes of files whose time and size stayed are taken from `before`.
 * @param {string} root
 * @param {readonly string[]} names folders and files, relative to root
 * @param {SourceStamp} before
 * @returns {SourceStamp}
 */
export function stampSources(root, names, before = {}) {
  const entries = listSources(root, names).map((name) => {
    const { mtimeMs, size } = statSync(join(root, name));
    const known = before[name];
    const hash = known?.mtimeMs === mtimeMs && known.size === size ? known.hash : hashOf(join(root, name));
    return [name, { mtimeMs, size, hash }];
  });
  return Object.fromEntries(entries);
}

const hashOf = (/** @type {string} */ file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Whether both stamps are of the same files with the same content; times do not count. */
export function sameSources(/** @type {SourceStamp} */ one, /** @type {SourceStamp} */ other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name]?.hash === other[name]?.hash);
}

/** The first difference between two stamps, for the line that says why something is built; undefined when none. */
export function firstChange(/** @type {SourceStamp} */ before, /** @type {SourceStamp} */ now) {
  return [...Object.keys(now), ...Object.keys(before)].find((name) => before[name]?.hash !== now[name]?.hash);
}
