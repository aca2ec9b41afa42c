import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A stamp records the source files of a build with their times, sizes and hashes. A file is read only when its time or size
 * differs; if its content is the same, as after a checkout that touches files, nothing is built again.
 * @typedef {{ readonly mtimeMs: number, readonly size: number, readonly hash: string }} Source
 * @typedef {{ readonly [path: string]: Source }} SourceStamp
 */

/** Names that no build reads. Runbooks are read: they are no documents. */
const IGNORED = new Set(['node_modules', 'dist', '.cache', '.git', 'README.md', 'FORMAT.md']);

/** The given files, and the files in the given folders, sorted. Names are relative to root, with slashes. */
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
 * The stamp of the sources now. The hash of a file with the same time and size is taken from `before`.
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

/** Whether both stamps have the same files with the same content, whatever their times. */
export function sameSources(/** @type {SourceStamp} */ one, /** @type {SourceStamp} */ other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name]?.hash === other[name]?.hash);
}

/** The first file that differs between two stamps, to print why a target is built; undefined when none does. */
export function firstChange(/** @type {SourceStamp} */ before, /** @type {SourceStamp} */ now) {
  return [...Object.keys(now), ...Object.keys(before)].find((name) => before[name]?.hash !== now[name]?.hash);
}
