/** Messages to people: copied, posted by Rollbook, or marked as sent. */
import { z } from 'zod';
import { text } from './event-parts.ts';

export const MESSAGE_SCHEMAS = {
  'message.copied': z.object({ messageId: text, text }),
  /** Recorded before Rollbook posts it; `message.sent` or `message.failed` follows unless the app dies in between. */
  'message.posting': z.object({ messageId: text, text }),
  'message.failed': z.object({ messageId: text, why: text }),
  'message.sent': z.object({ messageId: text, text, where: text }),
} as const;
