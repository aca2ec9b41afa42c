/** Saves an adopted runbook: over its own file, or as a new one. Any other file is left alone. */
import { chmodSync, existsSync, realpathSync, statSync } from 'node:fs';
import { RollbookError } from '#shared/api/result.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { sha256 } from '#core/store/sha256.ts';
import { readRunbookFile } from './read-runbook-file.ts';

interface ToSave {
  /** Absolute path of the runbook, and the hash of what was read from it. */
  readonly original: string;
  readonly hash: string;
  /** Absolute path to save to. */
  readonly path: string;
  readonly text: string;
}

/** Codes: `bad-arguments` (another file is there), `not-allowed` (the file was changed meanwhile), `store-unwritable`, `disk-full`. */
export function saveAdopted({ original, hash, path, text }: ToSave): void {
  mustBeOwnOrNew(original, path);
  if (sha256(readRunbookFile(original)) !== hash) {
    throw new RollbookError(
      'not-allowed',
      `${original} was changed since it was read. Nothing was written.`,
      'Adopt it again: the answers are about what it said before.',
    );
  }
  const mode = (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o666) & 0o777;
  writeWhole(path, text, 'The runbook', mode);
  // A new file takes the mask of the process into account, an old one keeps its mode.
  if (isSame(original, path)) chmodSync(path, mode);
}

/** An adopted runbook is saved over its own file or as a new one. Code: `bad-arguments`. */
export function mustBeOwnOrNew(original: string, path: string): void {
  if (!existsSync(path) || isSame(original, path)) return;
  throw new RollbookError(
    'bad-arguments',
    `${path} is there already, and is not the runbook itself: it is not written over. Nothing was written.`,
    'Name another file.',
  );
}

const isSame = (original: string, path: string): boolean => realpathSync(path) === realpathSync(original);
