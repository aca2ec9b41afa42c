/** The call that starts a quick rollback. */
import { z } from 'zod';
import { id, intentIdSchema, made } from './call-schemas.ts';
import type { Failure } from './result.ts';

export interface QuickStarted {
  readonly incidentId: string;
  /**
   * Why nothing is being deployed (the version is not listed, or judged bad), or null. The incident is open either
   * way.
   */
  readonly problem: Failure | null;
}

export const QUICK_CALLS = {
  /** Declares a P0 and rolls one service back to one version; returns when the deploy has started. */
  'quick.start': {
    args: z.object({
      intentId: intentIdSchema,
      runbook: id.describe('hash of the runbook; a drill plays the bundled one'),
      service: id,
      version: z.number().int().positive(),
      /** null: live. */
      drill: z.object({ scenario: id, speed: z.number().min(1).max(600) }).nullable(),
    }),
    result: made<QuickStarted>(),
  },
} as const;
