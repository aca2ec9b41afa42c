/** Procedures that are there to be practised: tests before launch, disaster recovery. No incident leads to them. */
import type { Procedure, Runbook } from './model.ts';

/** A heading that speaks of trying things out, not of an incident: "Testing the rollback procedures", "Drills". */
const PRACTICE_HEADING = /\b(?:test(?:s|ing)?|drills?|practi[cs]e|practi[cs]ing|rehearsals?)\b/i;

type Headed = Pick<Runbook, 'sections' | 'procedures'>;

/** Whether a procedure stands under such a heading; its own heading does not count. */
export function isForPractice({ sections }: Pick<Runbook, 'sections'>, { start }: Pick<Procedure, 'start'>): boolean {
  const own = sections.find((section) => section.start === start);
  let level = own?.level ?? Number.POSITIVE_INFINITY;
  for (const section of sections.filter((each) => each.start < start).toReversed()) {
    if (section.level === 0 || section.level >= level) continue;
    // The title of the whole runbook says nothing of its parts.
    if (section.level > 1 && PRACTICE_HEADING.test(section.title)) return true;
    level = section.level;
  }
  return false;
}

/** What an incident may turn to: all that is not for practice alone. */
export function incidentProcedures(runbook: Headed): readonly Procedure[] {
  return runbook.procedures.filter((procedure) => !isForPractice(runbook, procedure));
}
