/** What is still to do besides the steps of the procedure, for the one line that counts it. */
import { count } from '../words/count.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { checklistStanding, isChecklistFirst } from './checklist.ts';
import { followUps, isOpen } from './follow-ups.ts';
import { obligations } from './obligations.ts';
import { servicesDown } from './service-down.ts';
import type { IncidentState } from './state.ts';

export interface StillToDo {
  /** The most urgent first, in a few words each. */
  readonly what: readonly string[];
  readonly total: number;
  /** Something is past its time. */
  readonly overdue: boolean;
}

/** `now`: incident clock, ms. Follow-ups count once they have a due time, the checklist once it waits beside the steps. */
export function stillToDo(state: IncidentState, runbook: Runbook, now: number): StillToDo {
  const down = servicesDown(state);
  const owed = obligations(state, runbook).filter(({ paid }) => paid === null);
  const after = state.closedAt === null ? followUps(state, runbook, now).filter(isOpen) : [];
  const due = after.some(({ dueAt }) => dueAt !== null) ? after : [];
  const overdue = due.filter(({ standing }) => standing === 'overdue').length;
  const checks = openChecks(state, runbook);
  return {
    what: [
      ...down.map(({ what }) => what),
      ...(overdue === 0 ? [] : [count(overdue, 'overdue follow-up')]),
      ...owed.map(({ what }) => what),
      ...(checks === 0 ? [] : [count(checks, 'check of the checklist', 'checks of the checklist')]),
      ...(due.length > overdue ? [count(due.length - overdue, 'follow-up')] : []),
    ],
    total: down.length + owed.length + due.length + checks,
    overdue: overdue > 0,
  };
}

function openChecks(state: IncidentState, runbook: Runbook): number {
  const standing = checklistStanding(state, runbook);
  if (standing === null || isChecklistFirst(state, runbook)) return 0;
  if (state.closedAt !== null || state.fixForward !== null) return 0;
  const parked = standing.items.filter(({ deferred }) => deferred !== null && deferred.settled === null);
  return standing.open + parked.length;
}
