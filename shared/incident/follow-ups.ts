/**
 * Work that is due after a rollback. It never blocks resolving; an incident can be closed when each item is done or
 * waived.
 */
import type { FollowUp, FollowUpGroup, Runbook } from '#shared/runbook/model.ts';
import { type IncidentState, stepState } from './state.ts';

export type FollowUpStanding = 'waiting' | 'open' | 'overdue' | 'done' | 'waived';

export interface DueFollowUp {
  readonly item: FollowUp;
  readonly group: FollowUpGroup;
  /** null while the rollback is not effective. */
  readonly dueAt: number | null;
  readonly standing: FollowUpStanding;
  readonly reason: string;
  /** Exit criteria that nobody has ticked since the rollback became effective. */
  readonly openChecks: readonly FollowUp['checks'][number][];
}

/**
 * In order of due time; empty when nothing was rolled back. Due times count from when the rollback became effective, or
 * else from when the incident was resolved. Those of a drill are never overdue (rule 14).
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
  // Ticks from before a regression no longer count.
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
