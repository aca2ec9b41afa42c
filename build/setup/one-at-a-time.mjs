import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './failure.mjs';
import { scratchFolder } from './project.mjs';

const LOCK = join(scratchFolder, 'setup.lock');
/** No set-up takes this long; after it a lock is a leftover whose process number was given to somebody else. */
const LOCK_LIFE_MS = 15 * 60_000;
/** Between making the folder and writing the number into it; longer means that the owner died there. */
const NAMELESS_LIFE_MS = 5_000;

/**
 * Runs `work` while no other start of Rollbook installs or builds in this project. A lock whose owner died is taken.
 * @template T
 * @param {() => Promise<T>} work looks again whether there is anything left to do
 * @param {string} lock the lock's folder
 * @returns {Promise<T>}
 */
export async function oneAtATime(work, lock = LOCK) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; !take(lock); told = true) {
    if (!told)
      say(`Another start of Rollbook (process ${ownerOf(lock) ?? 'unknown'}) sets up this project; waiting...`);
    await wait(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Making a folder is the one step that exactly one process can win. */
function take(/** @type {string} */ lock) {
  if (isLeftover(lock)) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  return true;
}

function isLeftover(/** @type {string} */ lock) {
  const made = statSync(lock, { throwIfNoEntry: false });
  if (made === undefined) return false;
  const age = Date.now() - made.mtimeMs;
  const owner = ownerOf(lock);
  return age > LOCK_LIFE_MS || (owner === undefined ? age > NAMELESS_LIFE_MS : !lives(owner));
}

function lives(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** @returns {number | undefined} */
function ownerOf(/** @type {string} */ lock) {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
