/** Whether the review of a runbook is overdue, in the words of the rule that finds it. */
import type { Runbook } from '../runbook/model.ts';
import { reviewOverdue } from './runbook-rules/review-overdue.ts';

/** A sentence, or null. `now` in ms since the epoch. */
export function reviewOverdueText(model: Runbook, source: string, now: number): string | null {
  const [found] = reviewOverdue.check({ model, source, now });
  return found === undefined
    ? null
    : `Review overdue: ${found.message.charAt(0).toLowerCase()}${found.message.slice(1)}`;
}
