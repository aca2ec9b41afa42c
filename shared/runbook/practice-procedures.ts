/** Tells procedures for practice (tests before launch, disaster recovery) from those for incidents. */
import type { Procedure, Runbook } from './model.ts';

/** Headings about practice: "Testing the rollback procedures", "Drills". */
const PRACTICE_HEADING = /\b(?:test(?:s|ing)?|drills?|practi[cs]e|practi[cs]ing|rehearsals?)\b/i;

type Headed = Pick<Runbook, 'sections' | 'procedures'>;

/** True if a heading above the procedure is about practice; its own heading does not count. */
export function isForPractice({ sections }: Pick<Runbook, 'sections'>, { start }: Pick<Procedure, 'start'>): boolean {
  const own = sections.find((section) => section.start === start);
  let level = own?.level ?? Number.POSITIVE_INFINITY;
  for (const section of sections.filter((each) => each.start < start).toReversed()) {
    if (section.level === 0 || section.level >= level) continue;
    // The title of the runbook does not count.
    if (section.level > 1 && PRACTICE_HEADING.test(section.title)) return true;
    level = section.level;
  }
  return false;
}

/** The procedures that an incident may use. */
export function incidentProcedures(runbook: Headed): readonly Procedure[] {
  return runbook.procedures.filter((procedure) => !isForPractice(runbook, procedure));
}
