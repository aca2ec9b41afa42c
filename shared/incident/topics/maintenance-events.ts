/** Maintenance mode, and the fast stop of all machines of a service. */
import { z } from 'zod';
import { finding, text } from './event-parts.ts';

/** `cordoned` is set when Fly's proxy sends it no requests. */
const machine = z.object({ id: text, group: text, state: text, cordoned: z.literal(true).optional() });

export const MAINTENANCE_SCHEMAS = {
  /** Rule 10: what the public address showed. `met` is null when the runbook declares no marker to look for. */
  'maintenance.checked': z.object({
    stepId: text,
    mode: z.enum(['on', 'off']),
    /** The step that switches it off; null when the runbook has none. */
    offStepId: text.nullable(),
    met: z.boolean().nullable(),
    detail: text,
  }),
  /** Committed before the first machine is stopped: from here on they must be started again. */
  'machines.stopping': z.object({
    stepId: text,
    service: text,
    /** The step that starts them again; null when the runbook has none. */
    startStepId: text.nullable(),
    machines: z.array(machine),
    /** Ids of the machines that were running: only these are started again. */
    running: z.array(text),
  }),
  'machines.checked': z.object({
    stepId: text,
    service: text,
    what: z.enum(['stop', 'start']),
    startStepId: text.nullable(),
    met: z.boolean(),
    machines: z.array(machine),
    findings: z.array(finding),
  }),
} as const;
