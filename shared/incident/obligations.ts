/** What the team still owes to people: somebody has to be told. Reminded until paid; never in the way of acting. */
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
    // What was told before says nothing of what was done since.
    owed.push({ id, what, since, paid: paid !== null && paid.at >= since ? paid : null });
  };
  if (state.bypass !== null) {
    add('tell-approver', 'Tell the approver that this went on without approval', state.bypass.at);
  }
  if (state.startedAt !== null && approvalNeed(state, runbook).notifyAfter) {
    add('notify-after', 'Tell the team lead that a rollback was started without asking (P0)', state.startedAt);
  }
  return owed;
}
