/** The readiness board as it was last looked at; items are looked at again one by one or all at once. */
import { create } from 'zustand';
import type { Readiness } from '#shared/readiness/readiness.ts';
import { get } from './core.ts';

interface Board {
  readonly board: Readiness | null;
  /** What is being looked at: ids, or everything. */
  readonly looking: readonly string[] | 'all';
}

export const useReadiness = create<Board>(() => ({ board: null, looking: [] }));

let looksAtAll = 0;

/** Looks at everything of a runbook. Ten seconds at most. Of two looks under way only the later one is shown. */
export async function lookAtAll(hash: string): Promise<void> {
  looksAtAll += 1;
  const mine = looksAtAll;
  useReadiness.setState(({ board }) => ({ board: board?.runbook.hash === hash ? board : null, looking: 'all' }));
  const board = await get('readiness.read', { runbook: hash, only: null });
  if (mine === looksAtAll) useReadiness.setState((now) => ({ board: board ?? now.board, looking: [] }));
}

export async function lookAgain(hash: string, id: string): Promise<void> {
  useReadiness.setState(({ looking }) => ({ looking: looking === 'all' ? looking : [...looking, id] }));
  const fresh = await get('readiness.read', { runbook: hash, only: [id] });
  useReadiness.setState(({ board, looking }) => ({
    board: board?.runbook.hash === hash ? { ...board, items: replaced(board.items, fresh?.items ?? []) } : board,
    looking: looking === 'all' ? looking : looking.filter((other) => other !== id),
  }));
}

const replaced = (items: Readiness['items'], fresh: Readiness['items']): Readiness['items'] =>
  items.map((item) => fresh.find(({ id }) => id === item.id) ?? item);
