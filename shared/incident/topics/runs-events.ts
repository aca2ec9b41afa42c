/** Commands: asked for, run, stopped, ended, or run by hand. */
import { z } from 'zod';
import { text } from './event-parts.ts';

const exit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('code'), code: z.number() }),
  z.object({ kind: z.literal('signal'), signal: text }),
  z.object({ kind: z.literal('timeout'), afterMs: z.number() }),
  z.object({ kind: z.literal('lost') }),
]);

/** How a command ended. `lost`: Rollbook did not see it end. */
export type ExitFact = z.infer<typeof exit>;

/** The verdict of a change's exit and output rules, judged on its whole output. */
const rules = z.object({ kind: z.enum(['kept', 'broken', 'unseen']), why: text });

export type RulesFact = z.infer<typeof rules>;

export const RUN_SCHEMAS = {
  /** A person started an action that takes time; every effect until `act.ended` belongs to it. */
  'act.asked': z.object({ stepId: text, commandId: text.nullable(), what: z.enum(['reads', 'change', 'proof']) }),
  /** `problem`: why the action could not run (tool missing, releases changed...), or null. */
  'act.ended': z.object({
    stepId: text,
    problem: z.object({ code: text, message: text, advice: text }).nullable(),
  }),
  'run.intended': z.object({
    runId: text,
    stepId: text,
    commandId: text,
    effect: z.enum(['read', 'change']),
    /** As the runbook writes it, variables unexpanded. */
    template: text,
    /** Expanded, shell-quoted and redacted. */
    shown: text,
    binary: text,
    toolVersion: text,
    cwd: text,
    usualMs: z.number().nullable(),
  }),
  'run.started': z.object({ runId: text, pid: z.number(), pgid: z.number(), startTime: text }),
  'run.stop-asked': z.object({ runId: text, how: z.enum(['interrupt', 'kill']) }),
  'run.ended': z.object({
    runId: text,
    exit,
    durationMs: z.number(),
    output: z.object({ bytes: z.number(), lines: z.number(), sha256: text }).nullable(),
    excerpt: text,
    explanation: z.object({ code: text, sentence: text, next: text }).nullable(),
    rules: rules.optional(),
    /** Its process could not be made, so nothing was done: what was to run, and why it could not. */
    notStarted: z.object({ shown: text, why: text }).optional(),
  }),
  /** Run outside Rollbook; the pasted output is redacted. */
  'run.by-hand': z.object({
    runId: text,
    stepId: text,
    commandId: text,
    effect: z.enum(['read', 'change']),
    shown: text,
    exitCode: z.number(),
    excerpt: text,
    rules: rules.optional(),
  }),
  'command.copied': z.object({ stepId: text, commandId: text }),
} as const;
