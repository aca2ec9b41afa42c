/** What else there is when a step of a database rollback failed; rows of alternatives.ts. */
import type { Procedure, Step } from '#shared/runbook/model.ts';
import type { Alternative } from './alternatives.ts';

export function databaseAlternatives(procedure: Procedure | null, step: Step): readonly Alternative[] {
  if (step.kind !== 'run-rollback-sql' && step.kind !== 'verify-database') return [];
  const choose = procedure?.steps.find(({ kind }) => kind === 'choose-migration');
  return [
    ...(choose === undefined
      ? []
      : [
          {
            id: 'other-sql',
            label: 'Choose another SQL file',
            risk: 'Whatever the file before changed or did not change stays as it is now: look first.',
            intent: { kind: 'reopen-step', stepId: choose.id, reason: `${step.title} failed` } as const,
            where: null,
          },
        ]),
  ];
}
