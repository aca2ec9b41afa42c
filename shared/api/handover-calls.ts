/** Calls that hand an incident over to another machine, or take one over. */
import { z } from 'zod';
import { made, ulidSchema } from './call-schemas.ts';

const path = z.string().min(1).max(4_096);

/** A file that is not in the bundle. */
interface LeftBehind {
  readonly path: string;
  readonly why: string;
}

export interface HandoverGiven {
  readonly incidentId: string;
  readonly handoverId: string;
  /** Absolute. */
  readonly path: string;
  /** Of the bundle, hex. Told to the other side over another channel, it proves that the file is unchanged. */
  readonly sha256: string;
  readonly events: number;
  readonly leftBehind: readonly LeftBehind[];
}

export interface HandoverTaken {
  readonly incidentId: string;
  readonly title: string;
  readonly handoverId: string;
  readonly fromHost: string;
  readonly fromBy: string;
  readonly events: number;
  /** False when it was taken over here before; then nothing was changed. */
  readonly taken: boolean;
  readonly leftBehind: readonly LeftBehind[];
}

export const HANDOVER_CALLS = {
  /** Writes the bundle to `path`, or into the data folder's handovers; this copy is read-only afterwards. */
  'handover.give': {
    args: z.object({
      incidentId: ulidSchema,
      path: path.nullable(),
      to: z.string().max(200),
      reason: z.string().max(500),
    }),
    result: made<HandoverGiven>(),
  },
  /** `trust`: the person has reviewed the bundle's runbook. */
  'handover.take': {
    args: z.object({ path, trust: z.boolean(), reason: z.string().max(500) }),
    result: made<HandoverTaken>(),
  },
} as const;
