import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './failure.mjs';
import { scratchFolder } from './project.mjs';

const LOCK = join(scratchFolder, 'setup.lock');
/** No setup takes longer. An older lock was left behind, and its process id belongs to another process now. */
const LOCK_LIFE_MS = 15 * 60_000;
/** Time between creating the lock and writing the process id. If it takes longer, the owner has died. */
const NO_PID_LIFE_MS = 5_000;

/**
 * Runs `work` while no other start of Rollbook installs or builds in this project. The lock of a dead process is taken.
 * @template T
 * @param {() => Promise<T>} work checks again whether there is anything to do: another start may have done it
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

/** Creating a folder is atomic: it succeeds for exactly one process. */
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
  return age > LOCK_LIFE_MS || (owner === undefined ? age > NO_PID_LIFE_MS : !lives(owner));
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
