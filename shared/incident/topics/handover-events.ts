/** Handing an incident over to another machine: one event on each side. */
import { z } from 'zod';
import { text } from './event-parts.ts';

export const HANDOVER_SCHEMAS = {
  /**
   * The last event of this copy, which is read-only from here on; whoever imports the bundle continues.
   * `path`: the bundle on this machine; older incidents do not have it.
   */
  'handover.given': z.object({ handoverId: text, by: text, host: text, to: text, reason: text, path: text.optional() }),
  /** The first event after it: on another machine, or on this one when the bundle came back unused. */
  'handover.taken': z.object({ handoverId: text, by: text, host: text, fromHost: text, fromBy: text, reason: text }),
} as const;
