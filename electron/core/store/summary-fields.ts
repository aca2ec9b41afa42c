/** What lists and history read of an incident's summary: a row in which one of these is something else is damaged. */
import { z } from 'zod';

/** The last moment a JavaScript date can tell, ms since the epoch. */
export const END_OF_TIME = 8.64e15;
const text = z.string().nullish();
const number = z.number().nullish();

const score = z.looseObject({
  steps: z.array(z.looseObject({ id: z.string(), title: z.string(), outcome: text, tookMs: number, usualMs: number })),
  deviations: z.array(z.string()),
  stops: z.number(),
});

/** Which of them are there depends on the version that wrote the row. */
export const summarySchema = z.looseObject({
  outcome: text,
  targetMs: number,
  mitigationMs: number,
  met: z.boolean().nullish(),
  handedOver: text,
  procedureId: text,
  scenario: text,
  score: score.nullish(),
  underWay: z.boolean().optional(),
  purgedAt: z.number().min(-END_OF_TIME).max(END_OF_TIME).optional(),
  purging: z.boolean().optional(),
});
