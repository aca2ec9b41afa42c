import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { EnvironmentFailure, say } from './failure.mjs';
import { runNpm } from './npm.mjs';

/** The Node that is downloaded when the present one is too old. */
export const PINNED_NODE = '24.21.0';

/**
 * Whether this Node can run Rollbook. better-sqlite3 13 needs 22.14 (on older ones it crashes when it opens a file);
 * running TypeScript without a flag came with 22.18 and 23.6.
 * @param {string} version the value of process.versions.node
 */
export function fits(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 22) return minor >= 18;
  if (major === 23) return minor >= 6;
  return major >= 24;
}

/**
 * The npm package with a Node binary for this machine, and the path of the binary in it.
 * @param {string} platform
 * @param {string} arch
 * @returns {{ readonly name: string, readonly binary: string } | undefined} undefined when there is none
 */
export function nodePackage(platform, arch) {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'win' }[platform];
  if (system === undefined || !['x64', 'arm64'].includes(arch)) return undefined;
  return { name: `node-${system}-${arch}`, binary: platform === 'win32' ? 'bin/node.exe' : 'bin/node' };
}

/**
 * Decides which Node to use, and whether to download it.
 * @param {{ version: string, execPath: string, platform: string, arch: string, cache: string,
 *   exists: (path: string) => boolean }} machine
 * @returns {{ kind: 'use', node: string } | { kind: 'fetch', name: string, folder: string, node: string }
 *   | { kind: 'none' }}
 */
export function nodeDecision({ version, execPath, platform, arch, cache, exists }) {
  if (fits(version)) return { kind: 'use', node: execPath };
  const found = nodePackage(platform, arch);
  if (found === undefined) return { kind: 'none' };
  const folder = join(cache, `node-${PINNED_NODE}`);
  const node = join(folder, 'node_modules', found.name, ...found.binary.split('/'));
  return exists(node) ? { kind: 'use', node } : { kind: 'fetch', name: found.name, folder, node };
}

/**
 * Absolute path of a Node that fits; downloads one when needed.
 * @returns {Promise<string>}
 */
export async function fittingNode() {
  const decision = nodeDecision({
    version: process.versions.node,
    execPath: process.execPath,
    platform: process.platform,
    arch: process.arch,
    cache: cacheFolder(),
    exists: existsSync,
  });
  if (decision.kind === 'none') throw noNodeFor(`${process.platform} ${process.arch}`);
  if (decision.kind === 'fetch') await fetchNode(decision);
  return decision.node;
}

/**
 * Downloads into a temporary folder and renames it, so that an interrupted start leaves no partial download.
 * @param {{ name: string, folder: string, node: string }} wanted
 */
async function fetchNode({ name, folder, node }) {
  say(`Node ${process.versions.node} is too old for Rollbook; getting Node ${PINNED_NODE} (once, about 45 MB)...`);
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, 'fetching-'));
  try {
    // With a package.json here npm does not look for a project in the parent folders.
    writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
    await runNpm({
      doing: `Getting Node ${PINNED_NODE}`,
      args: ['install', '--no-save', '--no-package-lock', `${name}@${PINNED_NODE}`],
      folder: partial,
      node: process.execPath,
    });
    moveIntoPlace(partial, folder, node);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  if (spawnSync(node, ['--version']).status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw noNodeFor('this machine (the fetched one does not start)');
  }
}

/** Another start may have finished first: its copy stays. */
function moveIntoPlace(/** @type {string} */ from, /** @type {string} */ to, /** @type {string} */ proof) {
  if (existsSync(proof)) return;
  rmSync(to, { recursive: true, force: true });
  try {
    renameSync(from, to);
  } catch (thrown) {
    if (!existsSync(proof)) throw thrown;
  }
}

const noNodeFor = (/** @type {string} */ machine) =>
  new EnvironmentFailure(
    `Node ${process.versions.node} is too old for Rollbook, and there is no Node to fetch for ${machine}.`,
    'Install Node 22.18 or newer (24 is best), then start again.',
  );
