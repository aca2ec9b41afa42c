/** Warnings on stderr about an incident, for whoever reads its timeline, status or report. */
import type { ChainProblem } from '#shared/incident/chain.ts';
import type { OpenCore } from '#core/core.ts';
import { KeptActs } from '#core/event-log/kept-acts.ts';
import type { Terminal } from './terminal.ts';
import { invocation } from './invocation.ts';

/** Warns of acts that the store has not taken yet. True when there are some. */
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

/** The same for incidents of the store, read from the files beside it. */
export function sayWaitingIn(terminal: Pick<Terminal, 'err'>, { services }: OpenCore, ids: readonly string[]): void {
  for (const id of ids) sayWaiting(terminal, id, new KeptActs(services.store.folder, id));
}

/** Warns that the timeline does not verify. `problem`: what verifying it found. */
export function sayNotVerifying(
  { err }: Pick<Terminal, 'err'>,
  incidentId: string,
  problem: Pick<ChainProblem, 'seq' | 'what'>,
): void {
  err(
    `rollbook: The timeline of incident ${incidentId} does not verify at event ${problem.seq}: ${problem.what} Look: ${invocation()} verify ${incidentId}\n`,
  );
}
