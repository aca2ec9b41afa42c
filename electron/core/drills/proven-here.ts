/** When each procedure was last proven on this machine, for what has no core: the store is only read, and may be missing. */
import { type LastProven, lastProven } from '#shared/drills/last-proven.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { bootId } from '#core/this-machine.ts';
import { ofRunbook } from '#core/runbooks/of-runbook.ts';
import { openStore } from '#core/store/open.ts';
import { recordsOf } from './drill-book.ts';

/** `why`: the store could not be read, so nothing is known. */
export type ProvenHere = { readonly proven: readonly LastProven[] } | { readonly why: string };

/**
 * From the drills and incidents of this runbook in this data folder, which is only read. A folder without a store has
 * proven nothing.
 */
export async function provenHere(
  model: Runbook,
  file: Parameters<typeof ofRunbook>[1],
  folder: string,
): Promise<ProvenHere> {
  try {
    const store = await openStore({ folder, session: 'reading', boot: bootId(), readOnly: true });
    try {
      return { proven: lastProven(model, recordsOf(store.list().filter(ofRunbook(store, file)))) };
    } finally {
      await store.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof RollbookError)) throw thrown;
    return thrown.code === 'not-found' ? { proven: lastProven(model, []) } : { why: thrown.message };
  }
}
