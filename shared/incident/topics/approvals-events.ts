/** Approvals, acting without one, and telling people afterwards. */
import { z } from 'zod';
import { text, time } from './event-parts.ts';

export const APPROVAL_SCHEMAS = {
  'approval.recorded': z.object({ who: text, role: text, how: text, words: text, givenAt: time }),
  /** Rule 7: a deviation, and a debt until the approver is told. */
  'approval.bypassed': z.object({ reason: text, typed: text }),
  'debt.paid': z.object({ debt: text, who: text, how: text }),
} as const;
