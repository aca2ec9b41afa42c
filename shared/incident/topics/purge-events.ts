/** The end of what an incident holds: its contents are removed, its chain and its place in the list stay. */
import { z } from 'zod';

const text = z.string();
const number = z.number();

export const PURGE_SCHEMAS = {
  /** Written before anything is removed: whoever finds it beside contents goes on with the removing. */
  'incident.purged': z.object({
    reason: text,
    /** What the list still tells; nothing in it was written by a person. */
    listed: z.object({
      kind: z.enum(['live', 'drill']),
      adapter: z.enum(['real', 'simulated']),
      severity: z.enum(['P0', 'P1', 'P2', 'P3']),
      status: z.enum(['open', 'resolved', 'closed']),
      declaredAt: number,
      outcome: text.nullable(),
      targetMs: number.nullable(),
      mitigationMs: number.nullable(),
      met: z.boolean().nullable(),
      procedureId: text.nullable(),
      scenario: text.nullable(),
    }),
    payloads: number,
    files: number,
    bytes: number,
  }),
} as const;

export type Purged = z.infer<(typeof PURGE_SCHEMAS)['incident.purged']>;
