import { approvalNeed } from '#shared/incident/approval-policy.ts';
import { activeRun } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { mustBeIdle, refuse, type IncidentContext } from './incident-context.ts';
import { effectsOf } from '#core/steps/registry.ts';

/** The gates before a change. Code: `not-allowed`. */
export function mustBeAllowed(context: IncidentContext, step: Step): void {
  const { state } = context.eventLog;
  mustBeIdle(state);
  if (activeRun(state, 'change') !== null)
    throw refuse('A changing command is running.', 'Wait for it, or stop it first.');
  const need = approvalNeed(state, context.runbook);
  if (need.standing === 'needed') {
    throw refuse(
      `This needs the approval of a ${need.approver}.`,
      'Record the approval, or proceed without it and say why.',
    );
  }
  effectsOf(step).gates?.change?.(context);
}
