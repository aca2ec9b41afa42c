/** When a command that changes something is not started, whatever the state of its step. Reading, notes, the report go on. */
import { type Failure, RollbookError } from '#shared/contract/result.ts';
import type { Intent } from '#shared/incident/intent.ts';

const STARTS_A_CHANGE: ReadonlySet<Intent['kind']> = new Set(['run-change', 'deploy-services']);

/** `unknown`: why it could not be found out what became of the last command, or null. Code: `not-allowed`. */
export function mustBeKnown({ kind }: Intent, unknown: Failure | null): void {
  if (unknown === null || !STARTS_A_CHANGE.has(kind)) return;
  throw new RollbookError(
    'not-allowed',
    `What became of the last command could not be found out: ${unknown.message}`,
    'No change is started until it is. Reading, notes, resolving and the report work; look at the service yourself.',
  );
}

/** `onlyReads`: why the store cannot be used, or null. Code: `not-allowed`. */
export function mustNotChange({ kind }: Intent, onlyReads: Failure | null): void {
  if (onlyReads === null || !STARTS_A_CHANGE.has(kind)) return;
  throw new RollbookError(
    'not-allowed',
    `No command that changes something is run while the store cannot be used: ${onlyReads.message}`,
    'Copy the command, run it yourself, and say here that you ran it. Or make the store usable, then start Rollbook again: it goes on in the store, with changes.',
  );
}
