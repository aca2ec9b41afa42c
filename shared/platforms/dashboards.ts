import { dashboardStep } from '../runbook/dashboard-step.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import { usesFly } from '../runbook/services.ts';

/** The page on which a deploy can be done by hand; empty for a runbook without Fly. */
export const flyDashboard = (runbook: Runbook): readonly Step[] =>
  !usesFly(runbook)
    ? []
    : [
        dashboardStep(
          'dashboard/fly',
          'https://fly.io/apps/$SERVICE/monitoring',
          'Use the Fly dashboard',
          'Rollbook cannot see what is done there: check the post-condition afterwards, or say what you saw.',
        ),
      ];

/** It loses data, so it is offered last. */
export const RESTORE_DASHBOARD_ID = 'dashboard/restore-backup';

/** The page on which a backup can be restored by hand; empty for a database outside Supabase. */
export const supabaseDashboard = ({ settings }: Runbook): readonly Step[] =>
  settings.database?.project == null
    ? []
    : [
        dashboardStep(
          RESTORE_DASHBOARD_ID,
          `https://supabase.com/dashboard/project/${settings.database.project}/database/backups`,
          'Restore a backup in the Supabase dashboard',
          'Everything written since the backup is lost, and the project is down during the restore. It needs its own approval.',
        ),
      ];
