import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
const NAME = 'rollbook-tests-';
/** A run leaves less than 1 GB at any moment; the rest is the machine's. */
const WANTED_BYTES = 4 * 1024 ** 3;

/**
 * The folder in which the tests of a stage make theirs. Where it can be had it is one of their own in memory, gone with
 * `remove`: so no test waits for a disk. Elsewhere it is the system's.
 * @param {{ memory?: string, hasRoom?: (folder: string) => boolean, runsPrograms?: (folder: string) => boolean }} [machine]
 * `memory`: a folder whose files are in memory
 * @returns {{ readonly path: string, readonly remove: () => void }}
 */
export function testFolder({ memory = IN_MEMORY, hasRoom = fourGigabytes, runsPrograms = canExecute } = {}) {
  const systems = { path: tmpdir(), remove: () => {} };
  if (!existsSync(memory) || !hasRoom(memory)) return systems;
  removeLeft(memory);
  const path = mkdtempSync(join(memory, `${NAME}${process.pid}-`));
  const remove = () => rmSync(path, { recursive: true, force: true });
  // A container may mount it so that nothing in it can be run, and tests write programs of their own.
  if (!runsPrograms(path)) {
    remove();
    return systems;
  }
  // PostgreSQL runs as another user there.
  chmodSync(path, 0o1777);
  return { path, remove };
}

/** What a run that was killed left in memory. */
function removeLeft(/** @type {string} */ memory) {
  for (const name of readdirSync(memory)) {
    const pid = new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(memory, name), { recursive: true, force: true });
    } catch {
      // Something of it is still in use, or it is another user's.
    }
  }
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return /** @type {NodeJS.ErrnoException} */ (thrown).code === 'EPERM';
  }
}

function fourGigabytes(/** @type {string} */ folder) {
  const { bavail, bsize } = statfsSync(folder);
  return Math.min(bavail * bsize, freemem()) > WANTED_BYTES;
}

function canExecute(/** @type {string} */ folder) {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}
