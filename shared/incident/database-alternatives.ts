/** What else there is when a step of a database rollback failed; rows of alternatives.ts. */
import type { Procedure, Step } from '#shared/runbook/model.ts';
import type { Alternative } from './alternatives.ts';
import type { IncidentState } from './state.ts';

export function databaseAlternatives(
  state: IncidentState,
  procedure: Procedure | null,
  step: Step,
): readonly Alternative[] {
  if (step.kind !== 'run-rollback-sql' && step.kind !== 'verify-database') return [];
  const choose = procedure?.steps.find(({ kind }) => kind === 'choose-migration');
  const project = state.database.identified?.target.project ?? null;
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
    ...(project === null
      ? []
      : [
          {
            id: 'restore-backup',
            label: 'Restore a backup in the Supabase dashboard',
            risk: 'All that was written since the backup is lost, and the project is down meanwhile. It needs an approval of its own.',
            intent: null,
            where: `https://supabase.com/dashboard/project/${project}/database/backups`,
          },
        ]),
  ];
}
