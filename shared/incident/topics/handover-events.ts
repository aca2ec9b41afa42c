/** An incident that goes on on another machine: what both sides write down. */
import { z } from 'zod';

const text = z.string();

export const HANDOVER_SCHEMAS = {
  /**
   * The last event of this copy: from here on it is read-only, and whoever imports the bundle goes on. `path`: of the bundle,
   * on that machine; not there in an incident from before it was kept.
   */
  'handover.given': z.object({ handoverId: text, by: text, host: text, to: text, reason: text, path: text.optional() }),
  /** The first event after it: somewhere else, or here again when the bundle came back unused. */
  'handover.taken': z.object({ handoverId: text, by: text, host: text, fromHost: text, fromBy: text, reason: text }),
} as const;
