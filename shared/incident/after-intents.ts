/** What a person says around and after a rollback; rows of intent.ts. */
import { z } from 'zod';

const text = z.string().max(10_000);
const id = z.string().min(1).max(300);

export const AFTER_INTENTS = [
  /** Done when its exit criteria were seen; waived with a reason. */
  z.object({
    kind: z.literal('settle-follow-ups'),
    items: z.array(id).min(1).max(200),
    how: z.enum(['done', 'waived']),
    reason: text,
  }),
  /** `well: false` is a regression: the mitigation clock runs again. */
  z.object({
    kind: z.literal('answer-checkpoint'),
    stepId: id,
    minute: z.number().int().positive(),
    well: z.boolean(),
    observed: text.min(1),
  }),
] as const;
