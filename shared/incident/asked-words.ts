/** What a person asked for, as part of a sentence: `the change of "Deploy its image"`. */
import type { PayloadOf } from './event.ts';

const WHAT = {
  reads: 'the read-only commands',
  change: 'the change',
  proof: 'the check of the post-condition',
} as const;

export const askedText = (what: PayloadOf<'act.asked'>['what'], title: string): string => `${WHAT[what]} of "${title}"`;
