/** All machines of a service stopped: what it means for a deploy meanwhile. */
import type { Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentState, isOver, stepState } from './state.ts';

/** The one that stops all machines, or null where the runbook has none. */
export const stopProcedure = ({ procedures }: Runbook): Procedure | null =>
  procedures.find(({ steps }) => steps.some(({ kind }) => kind === 'stop-machines')) ?? null;

/** A deploy to machines that stand gives them the image and starts none (flyctl machines_launchinput.go, skipLaunch). */
export const isHeldByStop = ({ stoppedMachines }: IncidentState, service: string): boolean =>
  stoppedMachines?.open === true && stoppedMachines.service === service;

/** The step that has to come before a deploy can be proven, also when it failed and is to be decided about; or null. */
export function startFirst(state: IncidentState, runbook: Runbook, step: Step): Step | null {
  const { outcome } = stepState(state, step.id);
  if (
    definitionOf(step).deploys !== 'one-service' ||
    outcome !== 'unverified' ||
    !isHeldByStop(state, state.declared.service)
  )
    return null;
  const startId = state.stoppedMachines?.startStepId;
  const start = runbook.procedures.flatMap(({ steps }) => steps).find(({ id }) => id === startId);
  return start === undefined || isOver(state, start.id) ? null : start;
}

/** The machines were started after the deploy was looked at: what held its proof up is gone. */
export function mayBeProvenNow({ stoppedMachines, ...state }: IncidentState, step: Step): boolean {
  const { outcome, endedAt } = state.steps[step.id] ?? { outcome: null, endedAt: null };
  return (
    definitionOf(step).deploys === 'one-service' &&
    outcome === 'unverified' &&
    (stoppedMachines?.backAt ?? 0) > (endedAt ?? Number.POSITIVE_INFINITY)
  );
}
