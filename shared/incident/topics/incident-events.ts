/** The kinds of event of choosing the way and of the checklist before a rollback; rows of event.ts, with the same rules. */
import { z } from 'zod';

const time = z.number();
const text = z.string();

export const matrixRow = z.object({
  condition: text,
  action: text,
  targetText: text,
  targetMs: time.nullable(),
  line: time,
});

export const DECLARE_SCHEMAS = {
  /** Another row of the decision matrix holds from now on, and with it its target; the clock keeps its start. */
  'row.chosen': z.object({ row: matrixRow, reason: text }),
  /** Nothing is rolled back: the fault is corrected in a new release. A procedure chosen later ends it. */
  'fix-forward.chosen': z.object({ reason: text }),
  /** Items of a checklist that are put off: each is to be done, or waived with a reason, before the incident is closed. */
  'checklist.deferred': z.object({ checklistId: text, items: z.array(text), reason: text, dueAt: time }),
} as const;
