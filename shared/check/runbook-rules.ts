/** Rules about a runbook as a whole. A new rule is one file in runbook-rules/ and one row here. */
import type { RunbookRule } from './runbook-rule.ts';
import { conflictingPolicies } from './runbook-rules/conflicting-policies.ts';
import { destructiveWithoutApproval } from './runbook-rules/destructive-without-approval.ts';
import { mojibake } from './runbook-rules/mojibake.ts';
import { noProcedure } from './runbook-rules/no-procedure.ts';
import { noPostCondition } from './runbook-rules/no-post-condition.ts';
import { reorderedText } from './runbook-rules/reordered-text.ts';
import { reviewOverdue } from './runbook-rules/review-overdue.ts';
import { secretInText } from './runbook-rules/secret-in-text.ts';
import { targetOutOfReach } from './runbook-rules/target-out-of-reach.ts';
import { unreadableCommand } from './runbook-rules/unreadable-command.ts';
import { unreadHint } from './runbook-rules/unread-hint.ts';

export const RUNBOOK_RULES: readonly RunbookRule[] = [
  destructiveWithoutApproval,
  unreadHint,
  unreadableCommand,
  secretInText,
  noProcedure,
  noPostCondition,
  targetOutOfReach,
  conflictingPolicies,
  reorderedText,
  reviewOverdue,
  mojibake,
];
