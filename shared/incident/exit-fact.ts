/** How a command ended, as the timeline keeps it. Windows import the types only. */
import { z } from 'zod';

const text = z.string();

export const exitSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('code'), code: z.number() }),
  z.object({ kind: z.literal('signal'), signal: text }),
  z.object({ kind: z.literal('timeout'), afterMs: z.number() }),
  z.object({ kind: z.literal('lost') }),
]);

export type ExitFact = z.infer<typeof exitSchema>;

/** How a change that ended stands to its exit and output rule, told from all of its output while that was at hand. */
export const rulesSchema = z.object({ kind: z.enum(['kept', 'broken', 'unseen']), why: text });

export type RulesFact = z.infer<typeof rulesSchema>;
