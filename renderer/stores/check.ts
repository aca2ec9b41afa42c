/** What the runbook check found, by runbook; asked for in the background and shown when it is there. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { AskableProgram } from '#shared/check/approved-program.ts';
import type { Finding } from '#shared/check/finding.ts';
import type { CheckView } from '#shared/check/check-view.ts';
import { ask, get } from './core.ts';

const useCheckStore = create<{ readonly views: Readonly<Record<string, CheckView>> }>(() => ({ views: {} }));

const keep = (hash: string, view: CheckView): void =>
  useCheckStore.setState(({ views }) => ({ views: { ...views, [hash]: view } }));

/** A failure is shown. */
export async function checkAgain(hash: string): Promise<void> {
  const view = await get('check.run', { hash, again: true });
  if (view !== null) keep(hash, view);
}

/** Lets this very file be asked for its help, from now on. False when it was refused, which is shown. */
export async function approveProgram(
  hash: string,
  { tool, path, sha256 }: Pick<AskableProgram, 'tool' | 'path' | 'sha256'>,
): Promise<boolean> {
  const view = await get('check.approve-program', { hash, tool, path, sha256 });
  if (view !== null) keep(hash, view);
  return view !== null;
}

/** What was approved is no more: each runbook is checked anew when it is looked at. */
export const forgetChecks = (): void => useCheckStore.setState({ views: {} });

async function find(hash: string): Promise<void> {
  const answer = await ask('check.run', { hash, again: false });
  if (answer.ok) keep(hash, answer.value);
}

/** null while it is being found out. Findings help; that they cannot be had is nobody's trouble in an incident. */
export function useCheck(hash: string | null): CheckView | null {
  useEffect(() => {
    if (hash === null || useCheckStore.getState().views[hash] !== undefined) return;
    void find(hash);
  }, [hash]);
  return useCheckStore(({ views }) => (hash === null ? null : (views[hash] ?? null)));
}

/** Those that stand on these lines, both included. */
export const findingsOn = (view: CheckView | null, from: number, until: number): readonly Finding[] =>
  (view?.findings ?? []).filter(({ line }) => line >= from && line <= until);
