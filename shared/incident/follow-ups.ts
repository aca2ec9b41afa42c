/**
 * Work that is due after a rollback (row 11). Pure: from the runbook's groups, the events and now. It never stands in
 * the way of resolving; an incident closes when each is done or waived.
 */
import type { FollowUp, FollowUpGroup, Runbook } from '#shared/runbook/model.ts';
import { type IncidentState, stepState } from './state.ts';

export type FollowUpStanding = 'waiting' | 'open' | 'overdue' | 'done' | 'waived';

export interface DueFollowUp {
  readonly item: FollowUp;
  readonly group: FollowUpGroup;
  /** null while the rollback is not effective: nothing counts yet. */
  readonly dueAt: number | null;
  readonly standing: FollowUpStanding;
  readonly reason: string;
  /** Exit criteria that nobody has seen met since the rollback became effective. */
  readonly openChecks: readonly FollowUp['checks'][number][];
}

/**
 * A drill's are never overdue (rule 14): what was practised does not shout afterwards.
 * In order of when they are due. Empty when nothing was rolled back. They count from the moment the rollback became
 * effective; an incident that was resolved without one counts from there.
 */
export function followUps(state: IncidentState, runbook: Runbook, now: number): readonly DueFollowUp[] {
  if (state.startedAt === null && state.effectiveAt === null) return [];
  const from = state.effectiveAt ?? state.resolvedAt;
  return (runbook.followUps ?? [])
    .toSorted((a, b) => a.withinMs - b.withinMs)
    .flatMap((group) => group.items.map((item) => standingOf(state, group, item, from, now)));
}

function standingOf(
  state: IncidentState,
  group: FollowUpGroup,
  item: FollowUp,
  from: number | null,
  now: number,
): DueFollowUp {
  const { ticks } = stepState(state, item.id);
  // What was seen before a regression says nothing of the service as it is since.
  const seen = (at: number): boolean => from !== null && at >= from;
  const openChecks = item.checks.filter(({ id }) => ticks[id]?.ticked !== true || !seen(ticks[id].at));
  const settled = state.after.followUps[item.id];
  const holds = settled !== undefined && (item.checks.length === 0 || settled.how === 'waived' || seen(settled.at));
  const dueAt = from === null ? null : from + group.withinMs;
  const shouts = state.declared.kind === 'live';
  const standing = holds ? settled.how : dueAt === null ? 'waiting' : now >= dueAt && shouts ? 'overdue' : 'open';
  return { item, group, dueAt, standing, reason: holds ? settled.reason : '', openChecks };
}

export const isOpen = ({ standing }: DueFollowUp): boolean => standing !== 'done' && standing !== 'waived';

/** The item with this id, or null. */
export const followUpOf = (runbook: Runbook, itemId: string): FollowUp | null =>
  (runbook.followUps ?? []).flatMap(({ items }) => items).find(({ id }) => id === itemId) ?? null;

export const followUpTitle = (runbook: Runbook, itemId: string): string => followUpOf(runbook, itemId)?.title ?? itemId;
