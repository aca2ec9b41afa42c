/** That the timeline of an incident does not hold, for whoever reads what is made of it: its report, its status. */
import type { OpenCore } from '#core/core.ts';
import type { Terminal } from './terminal.ts';

/** One line on stderr. True when it does not verify. Code: `not-found`. */
export function sayNotVerifying({ err }: Pick<Terminal, 'err'>, { services }: OpenCore, incidentId: string): boolean {
  const { problem } = services.store.verify(incidentId);
  if (problem === undefined) return false;
  err(
    `rollbook: The timeline of incident ${incidentId} does not verify at event ${problem.seq}: ${problem.what} Look: rollbook verify ${incidentId}\n`,
  );
  return true;
}
