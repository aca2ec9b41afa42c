/** All machines of a service stopped: what the events make of it, and what it means for a deploy meanwhile. */
import type { Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import type { PayloadOf } from './event.ts';
import { owe, paidOff } from './owed-pairs.ts';
import { type IncidentState, isOver, NO_STEP, stepState } from './state.ts';

const OWED = 'All machines are stopped';

export function machinesStopping(
  state: IncidentState,
  { service, startStepId, stepId, machines, running }: PayloadOf<'machines.stopping'>,
  at: number,
): IncidentState {
  const before = state.stoppedMachines?.open === true ? state.stoppedMachines : null;
  // At a second try those that the first one stopped do not run any more, and are still owed.
  const ids = [...new Set([...(before?.running ?? []), ...running])];
  const groups = machines.filter(({ id }) => running.includes(id)).map(({ group }) => group);
  return {
    ...state,
    // A second stop in the same incident has a way back of its own.
    steps: { ...state.steps, ...(startStepId === null || before !== null ? {} : { [startStepId]: NO_STEP }) },
    stoppedMachines: {
      open: true,
      service,
      since: before?.since ?? at,
      backAt: null,
      startStepId,
      running: ids,
      groups: [...new Set([...(before?.groups ?? []), ...groups])],
      proven: false,
    },
    deferred: owe(state, startStepId ?? stepId, OWED),
  };
}

export function machinesChecked(
  state: IncidentState,
  payload: PayloadOf<'machines.checked'>,
  at: number,
): IncidentState {
  const { stepId, service, what, startStepId, met, machines, findings } = payload;
  const proof = { stepId, met, before: [], after: [], findings, at };
  const seen = { ...state, steps: { ...state.steps, [stepId]: { ...stepState(state, stepId), proof } } };
  if (what === 'stop') {
    // Stopped by hand, nobody saw which ones ran: all of them are started again.
    const running = machines.map(({ id }) => id);
    const known =
      state.stoppedMachines?.open === true
        ? seen
        : machinesStopping(seen, { stepId, service, startStepId, machines, running }, at);
    const { stoppedMachines } = known;
    return stoppedMachines === null ? known : { ...known, stoppedMachines: { ...stoppedMachines, proven: met } };
  }
  if (!met || state.stoppedMachines === null) return seen;
  return {
    ...seen,
    stoppedMachines: { ...state.stoppedMachines, open: false, proven: false, backAt: at },
    deferred: paidOff(state, stepId, 'All machines are started again'),
  };
}

/** The one that stops all machines, or null where the runbook has none. */
export const stopProcedure = ({ procedures }: Runbook): Procedure | null =>
  procedures.find(({ steps }) => steps.some(({ kind }) => kind === 'stop-machines')) ?? null;

/** A deploy to machines that stand gives them the image and starts none (flyctl machines_launchinput.go, skipLaunch). */
export const isHeldByStop = ({ stoppedMachines }: IncidentState, service: string): boolean =>
  stoppedMachines?.open === true && stoppedMachines.service === service;

/** The step that has to come before a deploy can be proven, also when it failed and is to be decided about; or null. */
export function startFirst(state: IncidentState, runbook: Runbook, step: Step): Step | null {
  const { outcome } = stepState(state, step.id);
  if (step.kind !== 'deploy-release' || outcome !== 'unverified' || !isHeldByStop(state, state.declared.service))
    return null;
  const startId = state.stoppedMachines?.startStepId;
  const start = runbook.procedures.flatMap(({ steps }) => steps).find(({ id }) => id === startId);
  return start === undefined || isOver(state, start.id) ? null : start;
}

/** The machines were started after the deploy was looked at: what held its proof up is gone. */
export function mayBeProvenNow({ stoppedMachines, ...state }: IncidentState, step: Step): boolean {
  const { outcome, endedAt } = state.steps[step.id] ?? { outcome: null, endedAt: null };
  return (
    step.kind === 'deploy-release' &&
    outcome === 'unverified' &&
    (stoppedMachines?.backAt ?? 0) > (endedAt ?? Number.POSITIVE_INFINITY)
  );
}
