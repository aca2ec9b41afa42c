import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { say } from './failure.mjs';
import { runNpm } from './npm.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { inProject, projectRoot } from './project.mjs';

const LOCK_FILE = inProject('package-lock.json');
/** In node_modules, so that it is deleted with the packages. */
const STAMP = inProject('node_modules/.rollbook-installed');
/** npm's own list of what it installed. It is written last: an interrupted install has none. */
const NPM_RECORD = inProject('node_modules/.package-lock.json');

/**
 * @typedef {{ readonly version?: string, readonly optional?: boolean, readonly link?: boolean }} LockedPackage
 * @typedef {{ readonly packages?: { readonly [path: string]: LockedPackage } }} Lock
 */

/**
 * Decides whether to install the packages.
 * @param {{ lock: string, stamp: string | undefined, record: string | undefined, machine: string }} found the content
 * of the lock file, of our stamp and of npm's list, and the machine as in `stampOf`
 * @returns {{ kind: 'ready' } | { kind: 'stamp' } | { kind: 'install', why: string }} `stamp`: everything
 * is installed, by hand or by an older version of this script, and only the stamp is missing
 */
export function installDecision({ lock, stamp, record, machine }) {
  if (stamp === stampOf(lock, machine)) return { kind: 'ready' };
  if (record === undefined) return { kind: 'install', why: 'first start' };
  if (holdsAll(lock, record) && (stamp === undefined || stamp.endsWith(machine))) return { kind: 'stamp' };
  return { kind: 'install', why: 'the lock file changed since the last install' };
}

/**
 * The content of the stamp: a hash of the lock file, and the machine, because some packages are binary.
 * @param {string} lock
 * @param {string} machine platform and processor, as in "linux-x64"
 */
export const stampOf = (lock, machine) => `${createHash('sha256').update(lock).digest('hex')} ${machine}`;

/** Whether every locked package is installed in that version. Optional ones may be missing: they are of other platforms. */
function holdsAll(/** @type {string} */ lockText, /** @type {string} */ recordText) {
  const locked = packagesOf(lockText);
  const present = packagesOf(recordText);
  if (locked === undefined || present === undefined) return false;
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      path === '' || (optional === true && present[path] === undefined) || present[path]?.version === version,
  );
}

/** @returns {{ readonly [path: string]: LockedPackage } | undefined} */
function packagesOf(/** @type {string} */ text) {
  try {
    return /** @type {Lock} */ (JSON.parse(text)).packages;
  } catch {
    return undefined;
  }
}

const read = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

const decide = () =>
  installDecision({
    lock: readFileSync(LOCK_FILE, 'utf8'),
    stamp: read(STAMP),
    record: read(NPM_RECORD),
    machine: `${process.platform}-${process.arch}`,
  });

/**
 * Installs the packages that the lock file asks for. Prints nothing when they are installed already.
 * @param {string} node the Node that runs npm
 */
export async function ensureDependencies(node) {
  if (decide().kind === 'ready') return;
  await oneAtATime(async () => {
    const decision = decide();
    if (decision.kind === 'ready') return;
    if (decision.kind === 'install') await install(node, decision.why);
    writeFileSync(STAMP, stampOf(readFileSync(LOCK_FILE, 'utf8'), `${process.platform}-${process.arch}`));
  });
}

async function install(/** @type {string} */ node, /** @type {string} */ why) {
  say(`Installing the packages (${why}; a minute at most with a good network)...`);
  await runNpm({ doing: 'Installing the packages', args: ['ci', '--prefer-offline'], folder: projectRoot, node });
}
