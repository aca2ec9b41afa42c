/** The symptom, the watch after a rollback, and readings taken beside a deploy. */
import { z } from 'zod';
import { finding, text, time } from './event-parts.ts';

const sample = z.object({ at: time, ok: z.boolean(), ms: z.number(), detail: text });

const machine = z.object({
  id: text,
  group: text,
  state: text,
  image: text,
  /** Whether it runs the image being deployed; null when the target is unknown. */
  onTarget: z.boolean().nullable(),
  passing: z.number(),
  checks: z.number(),
  /** Set when Fly's proxy sends it no requests. */
  cordoned: z.literal(true).optional(),
});

export const WATCH_SCHEMAS = {
  /** `unproven`: no step of the procedure has a post-condition, so this word alone makes the rollback effective. */
  'symptom.gone': z.object({ observed: text, unproven: z.literal(true).optional() }),
  'watch.started': z.object({ stepId: text, minutes: z.number() }),
  /** The first probe, each bad one, each recovery, and one every five minutes; the counts cover every probe. */
  'watch.reading': z.object({
    stepId: text,
    healthy: z.boolean(),
    detail: text,
    ms: z.number(),
    probes: z.number(),
    bad: z.number(),
    /** Set when several services are watched: the counts are those of this one. */
    service: text.optional(),
  }),
  /** Rule 1: somebody else deployed during the watch. */
  'release.foreign': z.object({
    stepId: text,
    version: z.number(),
    /** Its name, outside of Fly. */
    label: text.optional(),
    description: text,
    user: text,
    service: text.optional(),
  }),
  'watch.ended': z.object({ stepId: text, completed: z.boolean(), reason: text }),
  /** Three bad readings in a row: the mitigation clock runs again. */
  'regression.found': z.object({ stepId: text, detail: text }),
  /** Every probe since the last such event: of the watch, or of the symptom probe chosen when declaring. */
  'probe.sampled': z.object({ purpose: z.enum(['watch', 'symptom']), target: text, samples: z.array(sample) }),
  /** This many minutes into a watch a person is asked how it looks; the probes continue meanwhile. */
  'checkpoint.asked': z.object({ stepId: text, minute: z.number() }),
  'checkpoint.answered': z.object({ stepId: text, minute: z.number(), well: z.boolean(), observed: text }),
  /** The machines during a changing command; recorded when they differ from the last reading. */
  'rollout.seen': z.object({ runId: text, service: text, machines: z.array(machine) }),
  /** Rule 5: the step's post-condition while its change is slow. It decides nothing. */
  'post-condition.seen': z.object({ runId: text, stepId: text, met: z.boolean(), looks: z.array(finding) }),
  /** Rule 2: null means unknown, and the note beside it says why. */
  'changes.read': z.object({
    service: text,
    from: z.number().nullable(),
    to: z.number(),
    /** Their names, outside of Fly. */
    fromLabel: text.optional(),
    toLabel: text.optional(),
    commits: z.array(z.object({ hash: text, at: time, author: text, subject: text })).nullable(),
    commitsNote: text,
    migrations: z.array(z.object({ version: text, name: text })).nullable(),
    migrationsNote: text,
  }),
} as const;

export type Sample = z.infer<typeof sample>;
export type MachineSeen = z.infer<typeof machine>;
