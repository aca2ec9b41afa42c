import { RollbookError } from '#shared/api/result.ts';
import type { RunbookSummary } from '#shared/api/calls.ts';
import { sha256 } from '#core/store/sha256.ts';
import { readRunbookFile } from './read-runbook-file.ts';

/**
 * The bytes of a runbook's file, which are those with that hash. `what`: what it cannot be, for the bundled one. Codes:
 * `not-allowed` (bundled, or the file was changed), `unreadable-file`, `too-large`.
 */
export function unchangedFile({ name, hash, bundled }: RunbookSummary, what: string): Buffer {
  if (bundled) {
    throw new RollbookError('not-allowed', `The bundled runbook cannot be ${what}.`, 'Choose your own runbook.');
  }
  const raw = readRunbookFile(name);
  if (sha256(raw) === hash) return raw;
  throw new RollbookError('not-allowed', `${name} was changed since it was read.`, 'Add the file again first.');
}
