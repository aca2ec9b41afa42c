/** The readiness board: whether this machine can run the runbook now. */

/** `unknown`: the check did not finish in time. */
export type ReadyState = 'ok' | 'warning' | 'failed' | 'unknown';

export const READY_GROUPS = [
  'tools',
  'logins',
  'apps',
  'secrets',
  'network',
  'machine',
  'runbook',
  'practice',
] as const;
export type ReadyGroup = (typeof READY_GROUPS)[number];

export interface ReadyItem {
  /** Stable name for a re-check: `tool fly`, `app hotdash-app`. */
  readonly id: string;
  readonly group: ReadyGroup;
  readonly title: string;
  readonly state: ReadyState;
  /** The result in one line; never the value of a secret. */
  readonly detail: string;
  /** What to do; null when there is nothing to do. */
  readonly fix: string | null;
}

export interface CheckedItem extends ReadyItem {
  /** ms since the epoch. */
  readonly checkedAt: number;
  /** How long the check took, ms. */
  readonly tookMs: number;
}

export interface Readiness {
  readonly runbook: { readonly hash: string; readonly title: string };
  /** By group, then by title. */
  readonly items: readonly CheckedItem[];
  readonly tookMs: number;
}

/** The worst state on the board; an empty board is not ready. */
export function overallState(items: readonly Pick<ReadyItem, 'state'>[]): ReadyState {
  for (const state of ['failed', 'unknown', 'warning'] as const)
    if (items.some((item) => item.state === state)) return state;
  return items.length === 0 ? 'unknown' : 'ok';
}

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
