import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's file system in memory. */
const IN_MEMORY = '/dev/shm';
const NAME = 'rollbook-tests-';
/** A run uses less than 1 GB at a time; the rest is left for the machine. */
const WANTED_BYTES = 4 * 1024 ** 3;

/**
 * The temporary folder for the tests of a stage. If possible it is a new folder in memory, so that no test waits for a
 * disk, and `remove` deletes it. Otherwise it is the system's temporary folder.
 * @param {{ memory?: string, hasRoom?: (folder: string) => boolean, runsPrograms?: (folder: string) => boolean }} [machine]
 * `memory`: a folder whose files are in memory
 * @returns {{ readonly path: string, readonly remove: () => void }}
 */
export function testFolder({ memory = IN_MEMORY, hasRoom = hasFourGigabytes, runsPrograms = canExecute } = {}) {
  const systemFolder = { path: tmpdir(), remove: () => {} };
  if (!existsSync(memory) || !hasRoom(memory)) return systemFolder;
  removeAbandoned(memory);
  const path = mkdtempSync(join(memory, `${NAME}${process.pid}-`));
  const remove = () => rmSync(path, { recursive: true, force: true });
  // Containers may mount it without the right to execute files, and tests write programs to run.
  if (!runsPrograms(path)) {
    remove();
    return systemFolder;
  }
  // PostgreSQL runs as another user and needs to write here.
  chmodSync(path, 0o1777);
  return { path, remove };
}

/** Removes the folders of runs that were killed. */
function removeAbandoned(/** @type {string} */ memory) {
  for (const name of readdirSync(memory)) {
    const pid = new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(memory, name), { recursive: true, force: true });
    } catch {
      // It is still in use, or belongs to another user.
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

function hasFourGigabytes(/** @type {string} */ folder) {
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
