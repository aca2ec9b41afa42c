/** What is done and undone in two steps, such as maintenance mode: the second is owed until it is proven. */
import type { Runbook, Step } from '#shared/runbook/model.ts';
import { type Deferred, type IncidentState, isOver } from './state.ts';

/** Deferred work like any other: it can be waived, and the incident not closed before. */
export function owe({ deferred }: IncidentState, stepId: string, reason: string): readonly Deferred[] {
  const owed: Deferred = { stepId, reason, dueAt: null, settled: null };
  return [...deferred.filter((item) => item.stepId !== stepId), owed];
}

export const paidOff = ({ deferred }: IncidentState, stepId: string, reason: string): readonly Deferred[] =>
  deferred.map((item) =>
    item.stepId === stepId && item.settled === null ? { ...item, settled: { how: 'done', reason } } : item,
  );

export interface OpenPair {
  /** In a sentence, which also says when it was never seen to be so. */
  readonly what: string;
  readonly since: number;
  /** The second step; null when the runbook has none. */
  readonly stepId: string | null;
}

/** Machines first: nobody sees a page while they stand. */
export function openPairs({ maintenance, stoppedMachines, declared }: IncidentState): readonly OpenPair[] {
  const pairs: OpenPair[] = [];
  if (stoppedMachines?.open === true) {
    const { service, since, proven, startStepId } = stoppedMachines;
    const what = proven
      ? `All machines of ${service} are stopped`
      : `Machines of ${service} were told to stop; that all stand is not proven`;
    pairs.push({ what, since, stepId: startStepId });
  }
  if (maintenance?.on === true) {
    const { since, shown, offStepId } = maintenance;
    const what = shown
      ? `Maintenance mode of ${declared.service} is on`
      : `Maintenance mode of ${declared.service} was switched on; users were not seen to get its page`;
    pairs.push({ what, since, stepId: offStepId });
  }
  return pairs;
}

const openEnds = (state: IncidentState): readonly string[] => openPairs(state).flatMap(({ stepId }) => stepId ?? []);

/** The step that still has to undo something, whatever procedure is gone through now; null when none has. */
export function owedStep(state: IncidentState, runbook: Runbook): Step | null {
  const steps = runbook.procedures.flatMap((procedure) => procedure.steps);
  for (const stepId of openEnds(state)) {
    const owed = state.deferred.find((item) => item.stepId === stepId);
    const step = steps.find(({ id }) => id === stepId);
    if (step !== undefined && owed?.settled === null && !isOver(state, stepId)) return step;
  }
  return null;
}

/** Taken also when the incident is resolved: users are not left locked out because somebody was too quick. */
export const isWayBack = (state: IncidentState, stepId: string): boolean => openEnds(state).includes(stepId);

/** A pair was closed in this incident: users are back, and may still see the symptom. */
export const areBack = ({ maintenance, stoppedMachines }: IncidentState): boolean =>
  (maintenance !== null || stoppedMachines !== null) && maintenance?.on !== true && stoppedMachines?.open !== true;
