/** Calls up the escalation chain, objections to what is done, and what is wrong in the runbook. Rows of event.ts. */
import { z } from 'zod';

const text = z.string();

export const REFERENCE_SCHEMAS = {
  /** Somebody was called. `reached` false: nobody answered, so the next in the chain is due. */
  'escalation.called': z.object({
    who: text,
    /** Phone, Slack, ... */
    how: text,
    reached: z.boolean(),
    /** What they said, or why they were not reached. */
    words: text,
  }),
  /** Somebody holds what is done to be wrong. `answer`: why it was decided all the same, '' when nobody said. */
  'objection.raised': z.object({ who: text, words: text, answer: text }),
  /**
   * The runbook is wrong here. `was` are whole lines of the pinned runbook's repaired text from `line` (from 1) on, joined
   * with "\n" and redacted; `becomes` is what should stand in their place: empty leaves them out, equal to `was` says only
   * what `comment` says. Overlapping an earlier one takes its place (defects.ts).
   */
  'runbook.defect': z.object({ stepId: text, line: z.number(), was: text, becomes: text, comment: text }),
} as const;
