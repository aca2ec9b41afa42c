/** What the truth check found, by runbook; asked for in the background and shown when it is there. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { AskableProgram } from '#shared/truth/approved-program.ts';
import type { Finding } from '#shared/truth/finding.ts';
import type { TruthView } from '#shared/truth/truth-view.ts';
import { ask, get } from './core.ts';

const useTruthStore = create<{ readonly views: Readonly<Record<string, TruthView>> }>(() => ({ views: {} }));

const keep = (hash: string, view: TruthView): void =>
  useTruthStore.setState(({ views }) => ({ views: { ...views, [hash]: view } }));

/** A failure is shown. */
export async function checkAgain(hash: string): Promise<void> {
  const view = await get('truth.check', { hash, again: true });
  if (view !== null) keep(hash, view);
}

/** Lets this very file be asked for its help, from now on. False when it was refused, which is shown. */
export async function approveProgram(
  hash: string,
  { tool, path, sha256 }: Pick<AskableProgram, 'tool' | 'path' | 'sha256'>,
): Promise<boolean> {
  const view = await get('truth.approve', { hash, tool, path, sha256 });
  if (view !== null) keep(hash, view);
  return view !== null;
}

/** What was approved is no more: each runbook is checked anew when it is looked at. */
export const forgetChecks = (): void => useTruthStore.setState({ views: {} });

async function find(hash: string): Promise<void> {
  const answer = await ask('truth.check', { hash, again: false });
  if (answer.ok) keep(hash, answer.value);
}

/** null while it is being found out. Findings help; that they cannot be had is nobody's trouble in an incident. */
export function useTruth(hash: string | null): TruthView | null {
  useEffect(() => {
    if (hash === null || useTruthStore.getState().views[hash] !== undefined) return;
    void find(hash);
  }, [hash]);
  return useTruthStore(({ views }) => (hash === null ? null : (views[hash] ?? null)));
}

/** Those that stand on these lines, both included. */
export const findingsOn = (view: TruthView | null, from: number, until: number): readonly Finding[] =>
  (view?.findings ?? []).filter(({ line }) => line >= from && line <= until);
