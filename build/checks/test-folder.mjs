import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
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
  const path = mkdtempSync(join(memory, 'rollbook-tests-'));
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
