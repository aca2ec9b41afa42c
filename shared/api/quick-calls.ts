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

/** A release that a quick rollback could go back to, or why not. */
export interface QuickRelease {
  readonly version: number;
  readonly verdict: 'proposed' | 'possible' | 'bad' | 'unknown';
  readonly why: string;
  /** ms since the epoch. */
  readonly createdAt: number;
}

export const QUICK_CALLS = {
  /** The releases of a service, the newest first, before anything is declared. null: they cannot be read now. Only reads. */
  'quick.releases': {
    args: z.object({
      runbook: id.describe('hash of the runbook; a drill plays the bundled one'),
      service: id,
      /** The scenario of a drill; null: live. */
      scenario: id.nullable(),
    }),
    result: made<readonly QuickRelease[] | null>(),
  },
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
