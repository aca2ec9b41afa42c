/** What people did in an incident that the store did not take yet: whoever reads its timeline or report is told. */
import type { OpenCore } from '#core/core.ts';
import { KeptActs } from '#core/event-log/kept-acts.ts';
import type { Terminal } from './terminal.ts';

/** One line on stderr. True when something waits. */
export function sayWaiting(
  { err }: Pick<Terminal, 'err'>,
  incidentId: string,
  { list, path }: Pick<KeptActs, 'list' | 'path'>,
): boolean {
  const [first] = list;
  if (first === undefined) return false;
  const what = list.length === 1 ? '1 entry is' : `${list.length} entries are`;
  const where = path === null ? 'in memory alone, and lost when Rollbook ends' : `in ${path}`;
  err(
    `rollbook: ${what} not on the timeline of incident ${incidentId} yet: kept ${where}. A Rollbook that can write the store adds ${list.length === 1 ? 'it' : 'them'}.\n`,
  );
  return true;
}

/** The same for these incidents of the store, as the files beside it say. */
export function sayWaitingIn(terminal: Pick<Terminal, 'err'>, { services }: OpenCore, ids: readonly string[]): void {
  for (const id of ids) sayWaiting(terminal, id, new KeptActs(services.store.folder, id));
}
