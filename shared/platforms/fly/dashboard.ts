import { dashboardStep } from '../../runbook/dashboard-step.ts';
import type { Step } from '../../runbook/model.ts';

/** Where a deploy can be done by hand. */
export const flyDashboard = (): readonly Step[] => [
  dashboardStep(
    'dashboard/fly',
    'https://fly.io/apps/$SERVICE/monitoring',
    'Use the Fly dashboard',
    'Rollbook cannot see what is done there: check the post-condition afterwards, or say what you saw.',
  ),
];
