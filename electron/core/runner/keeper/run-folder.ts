/** The folder of one kept run: its FIFOs while it runs, its exit until it is acknowledged. */

import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makePrivateFolder, PRIVATE_FILE, PRIVATE_FOLDER } from '#core/files/make-folder.ts';

import { RollbookError } from '#shared/api/result.ts';

import type { Exit } from '../../ports.ts';
import { exitOfShellCode } from '../direct-process.ts';
import { FIFOS, RUN_FILES } from './keeper.ts';
import { askSystem } from '../system-program.ts';

/** Names a file of a run. Throws `bad-arguments` when the run's id could leave the folder. */
export function runFile(keeperFolder: string, runId: string, name?: keyof typeof RUN_FILES): string {
  if (!/^[\w-]{1,128}$/.test(runId)) {
    throw new RollbookError(
      'bad-arguments',
      `"${runId}" is not the id of a run.`,
      'Ids hold letters, digits, - and _ only.',
    );
  }
  return name === undefined ? join(keeperFolder, runId) : join(keeperFolder, runId, RUN_FILES[name]);
}

/** Makes the 0700 folder and its 0600 FIFOs. Throws `conflict` when the run exists, `store-unwritable` or `disk-full`. */
export function makeRunFolder(keeperFolder: string, runId: string): void {
  const folder = runFile(keeperFolder, runId);
  if (existsSync(folder)) {
    throw new RollbookError(
      'conflict',
      `Run ${runId} was started before.`,
      'Look at its result; nothing is run twice by itself.',
    );
  }
  try {
    makePrivateFolder(folder);
    chmodSync(keeperFolder, PRIVATE_FOLDER);
    const fifos = FIFOS.map((name) => runFile(keeperFolder, runId, name));
    makeFifos(fifos);
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    if (thrown instanceof RollbookError) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const full = reason.includes('ENOSPC') || reason.includes('No space left');
    throw new RollbookError(
      full ? 'disk-full' : 'store-unwritable',
      `The folder for run ${runId} could not be made in ${keeperFolder}: ${reason}`,
      full ? 'Free some disk space and try again.' : 'Make the data folder writable and try again.',
    );
  }
}

/** What mkfifo says on a disk without named pipes: exFAT and FAT, SMB, the Windows drives of WSL. */
const NO_FIFOS = /Operation not (?:permitted|supported)|Function not implemented|Not supported|Invalid argument/i;

function makeFifos(paths: readonly string[]): void {
  const { code, stderr } = askSystem('mkfifo', ['-m', '600', ...paths]);
  if (code === 0) return;
  if (!NO_FIFOS.test(stderr)) throw new Error(stderr.trim());
  throw new RollbookError(
    'environment',
    `The disk of the data folder (${dirname(paths[0] ?? '')}) takes no named pipes (FIFOs), and without them a command that changes something could not outlive Rollbook, so none is started.`,
    'Put the data folder on a disk of this system (ROLLBOOK_HOME names it); exFAT, network shares and the Windows drives of WSL take none.',
  );
}

/**
 * Why this disk could not keep a change; null when it can. Tries it with a named pipe, which is removed again. `folder`
 * exists.
 */
export function keepingRefusal(folder: string): RollbookError | null {
  const path = join(folder, `fifo-${process.pid}`);
  try {
    makeFifos([path]);
    return null;
  } catch (thrown) {
    return thrown instanceof RollbookError ? thrown : null;
  } finally {
    rmSync(path, { force: true });
  }
}

/** How the run ended according to its folder; null if the folder does not say. */
export function exitInFolder(keeperFolder: string, runId: string): Exit | null {
  const text = readIfThere(runFile(keeperFolder, runId, 'exit'));
  return text !== null && /^\d+\n$/.test(text) ? exitOfShellCode(Number(text)) : null;
}

export function pidInFolder(keeperFolder: string, runId: string): number | null {
  const text = readIfThere(runFile(keeperFolder, runId, 'pid'));
  return text !== null && /^\d+\n$/.test(text) ? Number(text) : null;
}

/** Written before the signal is sent: afterwards no process is left to write an exit code. */
export function noteKill(keeperFolder: string, runId: string): void {
  writeFileSync(runFile(keeperFolder, runId, 'killed'), '', { mode: PRIVATE_FILE });
}

export function wasKilled(keeperFolder: string, runId: string): boolean {
  return existsSync(runFile(keeperFolder, runId, 'killed'));
}

/** When its runner wrote down how it ended, or it was killed from here: ms since the epoch; null when neither was noted. */
export function endedAt(keeperFolder: string, runId: string): number | null {
  const noted = (['exit', 'killed'] as const).map((name) =>
    statSync(runFile(keeperFolder, runId, name), { throwIfNoEntry: false }),
  );
  return noted.find((stats) => stats !== undefined)?.mtimeMs ?? null;
}

/** ms since the epoch; 0 when it is not there. */
export function madeAt(keeperFolder: string, runId: string): number {
  return statSync(runFile(keeperFolder, runId), { throwIfNoEntry: false })?.birthtimeMs ?? 0;
}

/** Ids of all runs that were never acknowledged. */
export function keptRuns(keeperFolder: string): readonly string[] {
  return existsSync(keeperFolder) ? readdirSync(keeperFolder).sort() : [];
}

/** Dismisses the keeper: it waits for `life`, and ends when the folder is gone. */
export function dismissKeeper(keeperFolder: string, runId: string): void {
  const life = openIfThere(runFile(keeperFolder, runId, 'life'), constants.O_RDWR | constants.O_NONBLOCK);
  removeRunFolder(keeperFolder, runId);
  if (life !== null) closeSync(life);
}

function openIfThere(path: string, flags: number): number | null {
  try {
    return openSync(path, flags);
  } catch {
    return null;
  }
}

export function removeRunFolder(keeperFolder: string, runId: string): void {
  // The keeper of a group that was just killed may be writing its exit code into it.
  rmSync(runFile(keeperFolder, runId), { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
