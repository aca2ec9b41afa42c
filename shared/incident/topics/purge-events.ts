/** A purge removes an incident's contents; its hash chain and its row in the list stay. */
import { z } from 'zod';
import { severity, text, time } from './event-parts.ts';

export const PURGE_SCHEMAS = {
  /** Recorded before anything is removed: a purge that was cut short is continued from here. */
  'incident.purged': z.object({
    reason: text,
    /** What the list of incidents still shows; none of it was written by a person. */
    listed: z.object({
      kind: z.enum(['live', 'drill']),
      adapter: z.enum(['real', 'simulated']),
      severity,
      status: z.enum(['open', 'resolved', 'closed']),
      declaredAt: time,
      outcome: text.nullable(),
      targetMs: z.number().nullable(),
      mitigationMs: z.number().nullable(),
      met: z.boolean().nullable(),
      procedureId: text.nullable(),
      scenario: text.nullable(),
    }),
    payloads: z.number(),
    files: z.number(),
    bytes: z.number(),
  }),
} as const;

export type Purged = z.infer<(typeof PURGE_SCHEMAS)['incident.purged']>;
