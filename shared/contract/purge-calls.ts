/** The calls that remove what an incident holds. */
import { z } from 'zod';
import { ulidSchema } from './ids.ts';

const made = <T>() => z.custom<T>((value) => value !== undefined);

export interface PurgePlan {
  readonly incidentId: string;
  readonly title: string;
  /** Events whose contents are removed; they stay in the chain by their hashes. */
  readonly payloads: number;
  /** Outputs, evidence, dumps, reports and bundles in the data folder, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Copies of the store that hold it: they are written anew without it. */
  readonly backups: number;
  /** Absolute paths of files that were written elsewhere and are still there: nobody but their owner removes them. */
  readonly elsewhere: readonly string[];
}

export interface PurgeDone extends PurgePlan {
  /** What is still there, one sentence each; empty: it is proven to be gone. */
  readonly left: readonly string[];
  /** Whether its chain verifies; one that was damaged before does not. */
  readonly chainHolds: boolean;
  /** Hash of the timeline's last event, which says that it was purged. */
  readonly head: string;
}

export const PURGE_CALLS = {
  /** What a purge would remove. */
  'incident.purge-plan': { args: z.object({ incidentId: ulidSchema }), result: made<PurgePlan>() },
  /** `typed`: the last six letters of the id. There is no way back. */
  'incident.purge': {
    args: z.object({ incidentId: ulidSchema, typed: z.string().max(100), reason: z.string().max(500) }),
    result: made<PurgeDone>(),
  },
} as const;
