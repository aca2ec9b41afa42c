/** People who must still be told something. Rollbook reminds until it is done, and never blocks an action for it. */
import type { Runbook } from '#shared/runbook/model.ts';
import { approvalNeed } from './approval-policy.ts';
import type { IncidentState } from './state.ts';

export interface Obligation {
  readonly id: 'notify-after' | 'tell-approver';
  readonly what: string;
  readonly since: number;
  readonly paid: { readonly at: number; readonly who: string; readonly how: string } | null;
}

export function obligations(state: IncidentState, runbook: Runbook): readonly Obligation[] {
  const owed: Obligation[] = [];
  const add = (id: Obligation['id'], what: string, since: number): void => {
    const paid = state.paid[id] ?? null;
    // Having told somebody earlier does not cover what was done since.
    owed.push({ id, what, since, paid: paid !== null && paid.at >= since ? paid : null });
  };
  if (state.bypass !== null) {
    add('tell-approver', 'Tell the approver that this went on without approval', state.bypass.at);
  }
  const { tellAfterwards } = approvalNeed(state, runbook);
  if (state.startedAt !== null && tellAfterwards !== null) {
    add('notify-after', `Tell ${tellAfterwards} that a rollback was started (P0)`, state.startedAt);
  }
  return owed;
}

const WORDS: Readonly<Record<string, string>> = {
  'notify-after': 'that a rollback was started (P0)',
  'tell-approver': 'that this went on without approval',
};

/** The subject of the debt, as the end of "was told ...". */
export const obligationWords = (debt: string): string => WORDS[debt] ?? debt;

/** ", by phone", or '' when the way is not known. */
export const toldBy = (how: string): string => (how === '' || how === 'told' ? '' : `, by ${how}`);
