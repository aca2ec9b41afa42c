/** Calls that purge an incident. */
import { z } from 'zod';
import { made, ulidSchema } from './call-schemas.ts';

export interface PurgePlan {
  readonly incidentId: string;
  readonly title: string;
  /** Events whose contents are removed; their hashes stay in the chain. */
  readonly payloads: number;
  /** Outputs, evidence, dumps, reports and bundles in the data folder, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Backups of the store that contain it; they are rewritten without it. */
  readonly backups: number;
  /** Absolute paths of existing files outside the data folder, which Rollbook does not remove. */
  readonly elsewhere: readonly string[];
}

export interface PurgeDone extends PurgePlan {
  /** What could not be removed, one sentence each; empty when everything is proven gone. */
  readonly left: readonly string[];
  /** Whether its chain verifies; one that was damaged before the purge does not. */
  readonly chainHolds: boolean;
  /** Hash of the timeline's last event, which records the purge. */
  readonly head: string;
}

export const PURGE_CALLS = {
  /** What a purge would remove. */
  'incident.purge-plan': { args: z.object({ incidentId: ulidSchema }), result: made<PurgePlan>() },
  /** `typed`: the last six characters of the id. Cannot be undone. */
  'incident.purge': {
    args: z.object({ incidentId: ulidSchema, typed: z.string().max(100), reason: z.string().max(500) }),
    result: made<PurgeDone>(),
  },
} as const;
