/** Steps: proven, ended, reopened, their checks, and deferred work. */
import { z } from 'zod';
import { OUTCOMES } from '../step-outcomes.ts';
import { finding, image, text, time } from './event-parts.ts';

export const STEP_SCHEMAS = {
  'proof.evaluated': z.object({
    stepId: text,
    met: z.boolean(),
    before: z.array(image),
    after: z.array(image),
    findings: z.array(finding),
    /** Rows of each table after a database rollback, where they could be counted. */
    counts: z.record(text, z.number()).optional(),
  }),
  'step.ended': z.object({
    stepId: text,
    outcome: z.enum(OUTCOMES),
    reason: text,
    observed: text.nullable(),
    dueAt: time.nullable(),
  }),
  /** A step that had ended is done again. */
  'step.reopened': z.object({ stepId: text, reason: text }),
  'check.ticked': z.object({ stepId: text, checkId: text, ticked: z.boolean(), observed: text }),
  'deferred.settled': z.object({ what: text, how: z.enum(['done', 'waived']), reason: text }),
} as const;
