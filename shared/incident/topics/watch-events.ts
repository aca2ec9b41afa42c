/** Events of what surrounds and follows a rollback: probes, checkpoints, machines, what changed, follow-ups. */
import { z } from 'zod';

const time = z.number();
const text = z.string();

const sample = z.object({ at: time, ok: z.boolean(), ms: z.number(), detail: text });

const machine = z.object({
  id: text,
  group: text,
  state: text,
  image: text,
  /** On the image that is being deployed; null where nothing is known of the target. */
  onTarget: z.boolean().nullable(),
  passing: z.number(),
  checks: z.number(),
});

export const AFTER_SCHEMAS = {
  /** Every probe since the last such event: of the watch, or of the symptom that was chosen at declare. */
  'probe.sampled': z.object({ purpose: z.enum(['watch', 'symptom']), target: text, samples: z.array(sample) }),
  /** So many minutes into a watch a person is asked; the probes go on meanwhile. */
  'checkpoint.asked': z.object({ stepId: text, minute: z.number() }),
  'checkpoint.answered': z.object({ stepId: text, minute: z.number(), well: z.boolean(), observed: text }),
  /** A read-only look at the machines beside a changing command; written down when it differs from the last one. */
  'rollout.seen': z.object({ runId: text, service: text, machines: z.array(machine) }),
  /** Rule 5: what the step's own post-condition said beside its slow change. It decides nothing. */
  'post-condition.seen': z.object({
    runId: text,
    stepId: text,
    met: z.boolean(),
    looks: z.array(z.object({ rule: text, met: z.boolean(), detail: text })),
  }),
  /** Rule 2: `null` is what could not be known, and the sentence beside it says why. */
  'changes.read': z.object({
    service: text,
    from: z.number().nullable(),
    to: z.number(),
    commits: z.array(z.object({ hash: text, at: time, author: text, subject: text })).nullable(),
    commitsNote: text,
    migrations: z.array(z.object({ version: text, name: text })).nullable(),
    migrationsNote: text,
  }),
  'follow-up.settled': z.object({ itemId: text, how: z.enum(['done', 'waived']), reason: text }),
} as const;

export type Sample = z.infer<typeof sample>;
export type MachineSeen = z.infer<typeof machine>;
