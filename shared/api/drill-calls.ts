/** Calls for drills: the drill book, and drills with real tools. */
import { z } from 'zod';
import { id, intentIdSchema, made, ulidSchema } from './call-schemas.ts';
import type { LastProven } from '#shared/drills/last-proven.ts';
import type { DrillRecord } from '#shared/drills/record.ts';
import type { Due } from '#shared/drills/schedule.ts';
import type { IncidentStatistics } from '#shared/drills/statistics.ts';

export interface DrillBookView {
  readonly runbook: { readonly hash: string; readonly title: string };
  /** The core's clock when it answered, ms since the epoch. */
  readonly now: number;
  readonly schedule: readonly Due[];
  readonly proven: readonly LastProven[];
  /** Finished drills, the newest first. */
  readonly drills: readonly DrillRecord[];
  /** Of live incidents only. */
  readonly statistics: IncidentStatistics;
}

export const DRILL_CALLS = {
  /** `runbook`: its hash; null: the bundled one. */
  'drill.book': { args: z.object({ runbook: id.nullable() }), result: made<DrillBookView>() },
  /** A drill with real tools on an app that ends in `-test`, in real time. */
  'drill.start-real': {
    args: z.object({
      intentId: intentIdSchema,
      /** Hash of the runbook; null: the bundled one. */
      runbook: id.nullable(),
      service: id,
      /** Line of the matrix row; null: the first one that leads to the procedure. */
      rowLine: z.number().int().nullable(),
      /** null: the application rollback, or what the row leads to. */
      procedureId: id.nullable(),
    }),
    result: made<{ readonly incidentId: string }>(),
  },
  /** A drill that plays what the tools of a finished incident answered, with the runbook that it was declared with. */
  'drill.start-again': {
    args: z.object({ intentId: intentIdSchema, incidentId: ulidSchema, speed: z.number().min(1).max(600) }),
    result: made<{ readonly incidentId: string }>(),
  },
} as const;
