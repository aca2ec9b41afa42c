/** Releases: listed, chosen, changed after the choice; and the same for each of several services. */
import { z } from 'zod';
import { OUTCOMES } from '../step-outcomes.ts';
import { finding, image, text, time } from './event-parts.ts';

const release = z.object({
  version: z.number(),
  /** Its name, outside of Fly, where it is the version. */
  label: text.optional(),
  status: text,
  image: text,
  description: text,
  user: text,
  /** null: the platform does not say. */
  createdAt: time.nullable(),
});

const read = {
  stepId: text,
  fingerprint: text,
  releases: z.array(release),
  running: z.array(image),
  /** Process groups with a started machine; the proof wants each of them up again. */
  groups: z.array(text).optional(),
  proposed: z.number().nullable(),
  verdicts: z.array(
    z.object({ version: z.number(), verdict: z.enum(['proposed', 'possible', 'bad', 'unknown']), why: text }),
  ),
  /** Set when this machine's clock and that of the releases differ: a sentence. */
  clocks: text.optional(),
};

const chosen = {
  stepId: text,
  version: z.number(),
  label: text.optional(),
  image: text,
  from: image,
  proposed: z.boolean(),
  fingerprint: text,
  immediate: z.boolean(),
};

export const RELEASE_SCHEMAS = {
  'releases.read': z.object(read),
  'release.chosen': z.object(chosen),
  /** Rule 1: the list changed between choice and deploy, so the choice no longer holds. */
  'releases.changed': z.object({
    stepId: text,
    was: text,
    now: text,
    newest: z.number().nullable(),
    newestLabel: text.optional(),
  }),
  /** What runs just before a change that keeps it, for the proof to compare with. */
  'release.running-read': z.object({
    stepId: text,
    service: text,
    running: z.array(image),
    /** Process groups with a started machine; the proof wants each of them up again. */
    groups: z.array(text).optional(),
  }),
  /** The same for one of several services, each with its own target and outcome. */
  'service.releases-read': z.object({ service: text, ...read }),
  'service.release-chosen': z.object({ service: text, ...chosen }),
  'service.left-out': z.object({ stepId: text, service: text, reason: text }),
  'service.ended': z.object({
    stepId: text,
    service: text,
    outcome: z.enum(OUTCOMES),
    reason: text,
    before: z.array(image),
    after: z.array(image),
    findings: z.array(finding),
  }),
} as const;
