/** The results of `rollbook check`, by hash of the runbook. Loaded in the background. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { AskableProgram } from '#shared/runbook-check/approved-program.ts';
import type { Finding } from '#shared/runbook-check/finding.ts';
import type { CheckView } from '#shared/runbook-check/check-view.ts';
import { ask, get } from './core.ts';

const useRunbookChecks = create<{ readonly views: Readonly<Record<string, CheckView>> }>(() => ({ views: {} }));

const keep = (hash: string, view: CheckView): void =>
  useRunbookChecks.setState(({ views }) => ({ views: { ...views, [hash]: view } }));

/** Runs the check again. A failure is shown. */
export async function repeatRunbookCheck(hash: string): Promise<void> {
  const view = await get('runbook-check.run', { hash, again: true });
  if (view !== null) keep(hash, view);
}

/** Allows the check to run this exact file with `--help` from now on. False when that failed, which is shown. */
export async function approveProgram(
  hash: string,
  { tool, path, sha256 }: Pick<AskableProgram, 'tool' | 'path' | 'sha256'>,
): Promise<boolean> {
  const view = await get('runbook-check.approve-program', { hash, tool, path, sha256 });
  if (view !== null) keep(hash, view);
  return view !== null;
}

/** Drops all results after an approval was taken back: each runbook is checked again when it is shown. */
export const forgetRunbookChecks = (): void => useRunbookChecks.setState({ views: {} });

async function find(hash: string): Promise<void> {
  const answer = await ask('runbook-check.run', { hash, again: false });
  if (answer.ok) keep(hash, answer.value);
}

/** null while the check runs. Errors are ignored: findings are optional during an incident. */
export function useRunbookCheck(hash: string | null): CheckView | null {
  useEffect(() => {
    if (hash === null || useRunbookChecks.getState().views[hash] !== undefined) return;
    void find(hash);
  }, [hash]);
  return useRunbookChecks(({ views }) => (hash === null ? null : (views[hash] ?? null)));
}

/** The findings on lines `from` to `until`, both included. */
export const findingsOn = (view: CheckView | null, from: number, until: number): readonly Finding[] =>
  (view?.findings ?? []).filter(({ line }) => line >= from && line <= until);
