/** A new change takes an earlier proof back (addRun in topics/runs.ts): said wherever that proof was seen. */
import type { IncidentState, RunState } from './state.ts';

/** Whether a proof was met before this change, and counts no more since. */
export const tookProofBack = (run: Pick<RunState, 'before'> | undefined): boolean => run?.before?.proofMetAt != null;

/** Whether the mitigation clock had stopped before this change, and runs on since. */
export const restartedClock = (run: Pick<RunState, 'before'>): boolean => run.before?.effectiveAt != null;

/** Beside "is the symptom gone?": what the answer does to the mitigation clock. */
export function clockAtSymptom({ proofMetAt, runs }: Pick<IncidentState, 'proofMetAt' | 'runs'>): string {
  if (proofMetAt !== null) return 'Ends the mitigation clock: the rollback is effective.';
  const last = runs.findLast(({ effect }) => effect === 'change');
  const why = tookProofBack(last) ? 'A new change took the earlier proof back' : 'The post-condition is not met';
  return `${why}: the mitigation clock runs on until ${tookProofBack(last) ? 'the post-condition is met again' : 'it is'}.`;
}
