/** The Spawner port with real processes. */

import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

import { RollbookError } from '#shared/api/result.ts';

import type { Clock, Spawner } from '../ports.ts';
import { spawnDirect } from './direct-process.ts';
import { spawnKept } from './keeper/kept-process.ts';

export interface RealSpawnerOptions {
  readonly clock: Clock;
  /** Folder for the exit codes of changing commands: in the data folder, 0700, never a shared temporary one. */
  readonly keeperFolder: string;
  /** How long the keeper holds output for the next app, seconds; a day by default. */
  readonly holdForS?: number;
}

/**
 * Read-only commands are children of the app and may have a time limit. Changing ones run under a keeper that outlives
 * it (keeper.ts), except on Windows, where nothing is found again after the app has died.
 * `spawn` throws `tool-missing`, `bad-arguments`, `environment`, `conflict`, `store-unwritable` or `disk-full`.
 * After the result of a changing command is stored, `acknowledge` it (reattach.ts).
 */
export function realSpawner(options: RealSpawnerOptions): Spawner {
  return {
    async spawn(request) {
      mustBeExecutable(request.argv[0]);
      if (request.effect === 'read') return spawnDirect(request, options.clock);
      if (request.timeoutMs !== undefined) {
        throw new RollbookError(
          'bad-arguments',
          `Run ${request.runId} changes something and was given a time limit.`,
          'Only read-only commands may be stopped by a clock.',
        );
      }
      if (process.platform === 'win32') return spawnDirect(request, options.clock);
      return spawnKept(request, options.keeperFolder, options.clock, options.holdForS);
    },
  };
}

function mustBeExecutable(path: string): void {
  const missing = (why: string): RollbookError =>
    new RollbookError(
      'tool-missing',
      `${path} cannot be run: ${why}.`,
      'Install the tool or correct PATH, then try again.',
      { path },
    );
  if (!isAbsolute(path)) throw missing('it is not an absolute path');
  if (!(statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)) throw missing('there is no such file');
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw missing('it is not executable');
  }
}
