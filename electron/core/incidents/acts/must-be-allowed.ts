import { approvalNeed } from '#shared/incident/approval-policy.ts';
import { activeRun } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { mustBeIdle, refuse, type Scene } from '../scene.ts';
import { effectsOf } from '#core/steps/registry.ts';

/** The gates before a change. Code: `not-allowed`. */
export function mustBeAllowed(scene: Scene, step: Step): void {
  const { state } = scene.journal;
  mustBeIdle(state);
  if (activeRun(state, 'change') !== null)
    throw refuse('A changing command is running.', 'Wait for it, or stop it first.');
  const need = approvalNeed(state, scene.runbook);
  if (need.standing === 'needed') {
    throw refuse(
      `This needs the approval of a ${need.approver}.`,
      'Record the approval, or proceed without it and say why.',
    );
  }
  effectsOf(step).gates?.change?.(scene);
}
