/** The incident itself: declared, severity and way changed, taken over, resolved, closed. */
import { z } from 'zod';
import { recordingSchema } from '../../recordings/recording.ts';
import { severity, text, time } from './event-parts.ts';

const matrixRow = z.object({
  condition: text,
  action: text,
  targetText: text,
  targetMs: z.number().nullable(),
  line: z.number(),
});

export const INCIDENT_SCHEMAS = {
  'incident.declared': z.object({
    kind: z.enum(['live', 'drill']),
    adapter: z.enum(['real', 'simulated']),
    title: text,
    severity,
    row: matrixRow.nullable(),
    symptom: text,
    detectedAt: time,
    service: text,
    /** `modelHash`: of the parsed model, which is what runs; older incidents do not have it. */
    runbook: z.object({ hash: text, title: text, modelVersion: z.number(), modelHash: text.optional() }),
    /** `wallStartAt` and `speed` map wall time to drill time: at = startAt + (wall - wallStartAt) * speed. */
    drill: z
      .object({
        scenario: text,
        speed: z.number(),
        startAt: time,
        wallStartAt: time,
        /** Played in place of a bundled scenario. */
        recording: recordingSchema.optional(),
      })
      .nullable(),
    /** Probed during the whole incident, to show the symptom come and go. */
    symptomProbe: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('address'), url: text }),
        z.object({ kind: z.literal('command'), commandId: text }),
      ])
      .optional(),
  }),
  'severity.changed': z.object({ from: severity, to: severity, reason: text }),
  /** Another row of the decision matrix applies from now on, with its target; the clock keeps its start. */
  'row.chosen': z.object({ row: matrixRow, reason: text }),
  /** Nothing is rolled back: the fault is fixed in a new release. Choosing a procedure later ends this. */
  'fix-forward.chosen': z.object({ reason: text }),
  'procedure.chosen': z.object({ procedureId: text, reason: text }),
  /** Deferred checklist items: each must be done, or waived with a reason, before the incident can be closed. */
  'checklist.deferred': z.object({ checklistId: text, items: z.array(text), reason: text, dueAt: time }),
  'runbook.switched': z.object({ hash: text, title: text, ids: z.record(z.string(), z.string()) }),
  'lease.taken': z.object({ fromSession: text, reason: text }),
  'clock.jumped': z.object({ byMs: z.number(), cause: z.enum(['sleep', 'set']) }),
  'incident.resolved': z.object({ summary: text }),
  'incident.closed': z.object({ summary: text }),
} as const;
