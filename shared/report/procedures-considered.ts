import type { Procedure } from '#shared/runbook/model.ts';
import { isForPractice } from '#shared/runbook/practice-procedures.ts';
import { eventsOf, type ReportSource } from './source.ts';

/** What an incident could turn to, and what was chosen: in a drill that may be a procedure for practice alone. */
export function proceduresConsidered(source: ReportSource): readonly Procedure[] {
  const chosen = new Set(eventsOf(source, 'procedure.chosen').map(({ payload }) => payload.procedureId));
  return source.runbook.procedures.filter(
    (procedure) => chosen.has(procedure.id) || !isForPractice(source.runbook, procedure),
  );
}
