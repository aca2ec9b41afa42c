import type { CheckedItem, ReadyState } from './readiness.ts';

const URGENCY: Readonly<Record<ReadyState, number>> = { failed: 0, unknown: 1, warning: 2, ok: 3 };

/** The items to fix first: what failed, then what is not known, then warnings. Only those with something to do. */
export const topFixes = (items: readonly CheckedItem[], most = 3): readonly CheckedItem[] =>
  items
    .filter(({ state, fix }) => state !== 'ok' && fix !== null)
    .toSorted((a, b) => URGENCY[a.state] - URGENCY[b.state])
    .slice(0, most);

/** The share of the items that are ready, in percent; 0 for an empty board. */
export const readinessScore = (items: readonly Pick<CheckedItem, 'state'>[]): number =>
  items.length === 0 ? 0 : Math.floor((items.filter(({ state }) => state === 'ok').length / items.length) * 100);
