import type { Draft } from '#shared/incident/event.ts';
import { toFailure } from '#shared/contract/result.ts';
import type { Step } from '#shared/runbook/model.ts';
import { LeaseLost } from '../event-log/lease-scope.ts';
import { mustBeIdle, type Plan, ROLLBOOK, type IncidentContext } from './incident-context.ts';
import { withSecrets } from './with-secrets.ts';

/**
 * What takes time: commits that it was asked for (behind `first`), does it, and commits that it ended, with what stood in the
 * way. Code: `not-allowed` while something else is under way.
 */
export function asked(
  context: IncidentContext,
  step: Step,
  commandId: string | null,
  what: 'reads' | 'change' | 'proof',
  work: () => Promise<void>,
  first: readonly Draft[] = [],
): Plan {
  mustBeIdle(context.eventLog.state);
  const effect = async (): Promise<void> => {
    const problem = await withSecrets(context, step, work).then(
      () => null,
      (thrown: unknown) => {
        if (thrown instanceof LeaseLost) throw thrown;
        return toFailure(thrown);
      },
    );
    const told = problem && { code: problem.code, message: problem.message, advice: problem.advice ?? '' };
    await context.eventLog.append(ROLLBOOK, [{ kind: 'act.ended', payload: { stepId: step.id, problem: told } }]);
  };
  return { drafts: [...first, { kind: 'act.asked', payload: { stepId: step.id, commandId, what } }], effect };
}
