/** The readiness board. Its items are checked again one by one or all at once. */
import { create } from 'zustand';
import type { Readiness } from '#shared/readiness/readiness.ts';
import { get } from './core.ts';

interface Board {
  readonly board: Readiness | null;
  /** Ids of the items being checked, or 'all'. */
  readonly reading: readonly string[] | 'all';
}

export const useReadiness = create<Board>(() => ({ board: null, reading: [] }));

let readinessReads = 0;

/** Checks every item for a runbook; takes ten seconds at most. If two calls overlap, only the later one is shown. */
export async function readReadiness(hash: string): Promise<void> {
  readinessReads += 1;
  const mine = readinessReads;
  useReadiness.setState(({ board }) => ({ board: board?.runbook.hash === hash ? board : null, reading: 'all' }));
  const board = await get('readiness.read', { runbook: hash, only: null });
  if (mine === readinessReads) useReadiness.setState((now) => ({ board: board ?? now.board, reading: [] }));
}

export async function readReadinessItem(hash: string, id: string): Promise<void> {
  useReadiness.setState(({ reading }) => ({ reading: reading === 'all' ? reading : [...reading, id] }));
  const fresh = await get('readiness.read', { runbook: hash, only: [id] });
  useReadiness.setState(({ board, reading }) => ({
    board: board?.runbook.hash === hash ? { ...board, items: replaced(board.items, fresh?.items ?? []) } : board,
    reading: reading === 'all' ? reading : reading.filter((other) => other !== id),
  }));
}

const replaced = (items: Readiness['items'], fresh: Readiness['items']): Readiness['items'] =>
  items.map((item) => fresh.find(({ id }) => id === item.id) ?? item);
