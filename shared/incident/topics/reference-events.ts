/** Escalations, objections, and places where the runbook is wrong. */
import { z } from 'zod';
import { text } from './event-parts.ts';

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
  /** Somebody disagrees with the decision. `answer`: why it was taken anyway; '' when not given. */
  'objection.raised': z.object({ who: text, words: text, answer: text }),
  /**
   * The runbook is wrong here. `was`: whole lines of the pinned runbook (repaired text) from `line` (from 1) on, joined
   * with "\n" and redacted. `becomes`: the correction; '' removes the lines, the same text as `was` means there is only a
   * `comment`. A later defect replaces earlier ones it overlaps (reference.ts).
   */
  'runbook.defect': z.object({ stepId: text, line: z.number(), was: text, becomes: text, comment: text }),
} as const;
