/** Action items as data. One is set as a whole each time; what was written as text before stays text. */
import { z } from 'zod';
import { ACTION_PRIORITIES, ACTION_TYPES } from './action-item-kinds.ts';

const text = z.string();

/** An empty text or null: nobody has said so yet. */
const item = {
  itemId: text,
  what: text,
  type: z.enum(ACTION_TYPES).nullable(),
  owner: text,
  /** As people say it; a date is best. */
  due: text,
  priority: z.enum(ACTION_PRIORITIES).nullable(),
  link: text,
  done: z.boolean(),
};

export const ACTION_ITEM_SCHEMAS = {
  'action-item.set': z.object(item),
  'action-item.removed': z.object({ itemId: text, reason: text }),
} as const;
