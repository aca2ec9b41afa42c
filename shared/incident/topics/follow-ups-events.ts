/** Follow-ups and action items. */
import { z } from 'zod';
import { ACTION_PRIORITIES, ACTION_TYPES } from './action-item-kinds.ts';
import { text } from './event-parts.ts';

export const FOLLOW_UP_SCHEMAS = {
  'follow-up.settled': z.object({ itemId: text, how: z.enum(['done', 'waived']), reason: text }),
  /** The whole item each time it is edited. An empty text or null: not filled in yet. */
  'action-item.set': z.object({
    itemId: text,
    what: text,
    type: z.enum(ACTION_TYPES).nullable(),
    owner: text,
    /** Free text; best a date. */
    due: text,
    priority: z.enum(ACTION_PRIORITIES).nullable(),
    link: text,
    done: z.boolean(),
  }),
  'action-item.removed': z.object({ itemId: text, reason: text }),
} as const;
