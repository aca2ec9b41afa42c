/**
 * A recording: what each command printed and each address answered in an incident, played in place of the real tools. A
 * drill carries it in its declaration. The file format is in README.md.
 */
import { z } from 'zod';
import { OUTCOMES } from '../incident/step-outcomes.ts';
import { parseDuration } from '../words/duration.ts';

const DURATION = 'a duration such as 4s, 1m30s or 350ms';
const duration = z.union(
  [
    z.number().nonnegative(),
    z
      .string()
      .refine((text) => parseDuration(text) !== null)
      .transform((text) => parseDuration(text) ?? 0),
  ],
  DURATION,
);
const time = z.union(
  [z.number(), z.iso.datetime().transform((text) => Date.parse(text))],
  'a time such as 2026-01-31T03:12:00Z',
);
const word = z.string().min(1);

/** Holds from `waitMs` after the `times`-th end of a command that fits; without one, after the beginning of the drill. */
const afterSchema = z.union(
  [
    z.string().transform((text) => {
      const waitMs = parseDuration(text.trim());
      return waitMs === null ? { command: text, times: 1, waitMs: 0 } : { command: null, times: 1, waitMs };
    }),
    z
      .strictObject({
        command: word.nullable().default(null),
        times: z.number().int().positive().default(1),
        wait: duration.optional(),
        waitMs: z.number().nonnegative().optional(),
      })
      .transform(({ command, times, wait, waitMs = wait ?? 0 }) => ({ command, times, waitMs })),
  ],
  'a command, a duration, or keys command, times and wait',
);

const EXIT = 'an exit code, "hangs", "lost" or the name of a signal';
const exit = z.union(
  [z.number().int().min(0).max(255), z.literal(['hangs', 'lost']), z.string().regex(/^SIG[A-Z0-9]+$/, EXIT)],
  EXIT,
);

const callSchema = z.strictObject({
  /** Its words; see command-pattern.ts. */
  command: word,
  output: z.string().default(''),
  stderr: z.string().default(''),
  exit: exit.default(0),
  /** ms of drill time; in a file also as `4s`. */
  duration: duration.default(0),
  after: afterSchema.optional(),
});

const answerSchema = z.strictObject({
  url: z.url(),
  /** Absent: the address does not answer, for `reason`. */
  status: z.number().int().min(100).max(599).optional(),
  reason: word.optional(),
  body: z.string().default(''),
  /** Names in small letters. */
  headers: z.record(z.string(), z.string()).default({}),
  ms: z.number().nonnegative().default(50),
  after: afterSchema.optional(),
});

export const recordingSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single dashes'),
    title: word,
    /** The file, from the folder of the recording; `bundled` is the one that Rollbook brings along. */
    runbook: word,
    declare: z.strictObject({
      /** The condition of a row of the decision matrix, or its number from 1. */
      row: z.union([z.number().int().positive(), word], 'a condition of the matrix, or its number').optional(),
      /** Where there is no row. */
      severity: z.enum(['P0', 'P1', 'P2', 'P3']).optional(),
      symptom: word,
      service: z.string().default(''),
      procedure: word.optional(),
      /** Address that is asked during the whole drill. */
      probe: z.url().optional(),
    }),
    /** Drill time when it begins; now, unless given. */
    startsAt: time.optional(),
    /** How long before that the trouble was noticed. */
    noticed: duration.default(0),
    expected: z.enum(OUTCOMES).default('verified'),
    /** Variables that commands find in the environment. */
    environment: z.record(z.string(), z.string()).default({}),
    /** What a person enters where the runbook asks, by the name of the variable. */
    values: z.record(z.string(), z.string()).default({}),
    calls: z.array(callSchema).default([]),
    http: z.array(answerSchema).default([]),
  })
  .superRefine(({ declare }, context) => {
    if (declare.row === undefined && declare.severity === undefined)
      context.addIssue({ code: 'custom', path: ['declare'], message: 'a row or a severity' });
  });

export type Recording = z.infer<typeof recordingSchema>;
export type RecordedCall = Recording['calls'][number];
export type RecordedAnswer = Recording['http'][number];
export type After = z.infer<typeof afterSchema>;
