/** The fast stop: all machines of a service stand until they are proven to be started again. */
import { z } from 'zod';

const text = z.string();

export const MACHINE_SCHEMAS = {
  /** Committed before the first machine is touched: from here on starting them again is owed. */
  'machines.stopping': z.object({
    stepId: text,
    service: text,
    /** The step that starts them again; null when the runbook has none. */
    startStepId: text.nullable(),
    machines: z.array(z.object({ id: text, group: text, state: text })),
    /** Ids of those that ran: they, and no others, are started again. */
    running: z.array(text),
  }),
  'machines.checked': z.object({
    stepId: text,
    service: text,
    what: z.enum(['stop', 'start']),
    startStepId: text.nullable(),
    met: z.boolean(),
    machines: z.array(z.object({ id: text, group: text, state: text })),
    findings: z.array(z.object({ rule: text, met: z.boolean(), detail: text })),
  }),
} as const;
