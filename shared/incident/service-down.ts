/**
 * Maintenance mode and the fast stop take the service away from its users, so each must be undone: the step that undoes it
 * stays owed until it is proven, whatever procedure the incident is in.
 */

import { serviceText } from '#shared/runbook/services.ts';
import type { Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import { type Deferred, type IncidentState, isOver, stepState } from './state.ts';
import { runAgain, type SeenMachine } from '../platforms/fly/machine-states.ts';
import { definitionOf } from '#shared/steps/registry.ts';

/** Owed as deferred work: it can be waived, and the incident cannot be closed before. */
export function addOwed({ deferred }: IncidentState, stepId: string, reason: string): readonly Deferred[] {
  const owed: Deferred = { stepId, reason, dueAt: null, settled: null };
  return [...deferred.filter((item) => item.stepId !== stepId), owed];
}

export const settleOwed = ({ deferred }: IncidentState, stepId: string, reason: string): readonly Deferred[] =>
  deferred.map((item) =>
    item.stepId === stepId && item.settled === null ? { ...item, settled: { how: 'done', reason } } : item,
  );

/**
 * A reading of the machines of a service. When it shows that those of the fast stop run again, whoever started them, starting
 * them is not owed any more.
 */
export function machinesSeen(
  state: IncidentState,
  {
    service,
    machines,
    at,
  }: { readonly service: string; readonly machines: readonly SeenMachine[]; readonly at: number },
): IncidentState {
  const { stoppedMachines } = state;
  if (stoppedMachines?.open !== true || stoppedMachines.service !== service) return state;
  if (!runAgain(stoppedMachines, machines)) return state;
  return {
    ...state,
    stoppedMachines: { ...stoppedMachines, open: false, proven: false, backAt: at },
    deferred: state.deferred.map((item) =>
      item.reason === MACHINES_OWED && item.settled === null
        ? { ...item, settled: { how: 'done', reason: 'A reading shows that all of them run again' } }
        : item,
    ),
  };
}

/** Why starting the machines again is owed after a fast stop. */
export const MACHINES_OWED = 'All machines are stopped';

export interface ServiceDown {
  /** A sentence that also says when it is not proven. */
  readonly what: string;
  readonly since: number;
  /** The step that undoes it; null when the runbook has none. */
  readonly stepId: string | null;
}

/** What is still down. Stopped machines come first: while they are stopped nobody sees the maintenance page. */
export function servicesDown({ maintenance, stoppedMachines, declared }: IncidentState): readonly ServiceDown[] {
  const down: ServiceDown[] = [];
  if (stoppedMachines?.open === true) {
    const { service, since, proven, startStepId } = stoppedMachines;
    const what = proven
      ? `All machines of ${service} are stopped`
      : `Machines of ${service} were told to stop; that all stand is not proven`;
    down.push({ what, since, stepId: startStepId });
  }
  if (maintenance?.on === true) {
    const { since, shown, offStepId } = maintenance;
    const what = shown
      ? `Maintenance mode of ${serviceText(declared.service)} is on`
      : `Maintenance mode of ${serviceText(declared.service)} was switched on; users were not seen to get its page`;
    down.push({ what, since, stepId: offStepId });
  }
  return down;
}

const owedStepIds = (state: IncidentState): readonly string[] =>
  servicesDown(state).flatMap(({ stepId }) => stepId ?? []);

/** The next step that is owed, or null. */
export function owedStep(state: IncidentState, runbook: Runbook): Step | null {
  const steps = runbook.procedures.flatMap((procedure) => procedure.steps);
  for (const stepId of owedStepIds(state)) {
    const owed = state.deferred.find((item) => item.stepId === stepId);
    const step = steps.find(({ id }) => id === stepId);
    if (step !== undefined && owed?.settled === null && !isOver(state, stepId)) return step;
  }
  return null;
}

/** Allowed even after the incident is resolved: users must not stay locked out. */
export const bringsServiceBack = (state: IncidentState, stepId: string): boolean => owedStepIds(state).includes(stepId);

/** The service was taken down in this incident and is back: users may still see the symptom. */
export const isServiceBack = ({ maintenance, stoppedMachines }: IncidentState): boolean =>
  (maintenance !== null || stoppedMachines !== null) && maintenance?.on !== true && stoppedMachines?.open !== true;

/** The procedure that stops all machines, or null when the runbook has none. */
export const stopProcedure = ({ procedures }: Runbook): Procedure | null =>
  procedures.find(({ steps }) => steps.some((step) => definitionOf(step).stopsMachines === true)) ?? null;

/**
 * A deploy gives stopped machines the image but starts none (flyctl machines_launchinput.go, skipLaunch), so it
 * cannot be proven.
 */
export const isHeldByStop = ({ stoppedMachines }: IncidentState, service: string): boolean =>
  stoppedMachines?.open === true && stoppedMachines.service === service;

/** The step that starts the machines, when a deploy cannot be proven before it; else null. */
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

/** The machines were started after the deploy was checked, so its proof can be tried again. */
export function mayBeProvenNow({ stoppedMachines, ...state }: IncidentState, step: Step): boolean {
  const { outcome, endedAt } = state.steps[step.id] ?? { outcome: null, endedAt: null };
  return (
    definitionOf(step).deploys === 'one-service' &&
    outcome === 'unverified' &&
    (stoppedMachines?.backAt ?? 0) > (endedAt ?? Number.POSITIVE_INFINITY)
  );
}
