/**
 * A second service beside the one that an application rollback is for: it goes back by the procedure for several, with
 * a release, a run, a proof and an outcome of its own. What went back already is left as it is there.
 */
import type { Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentState, stepState } from './state.ts';
import { servicesOf } from './system.ts';

export interface SecondService {
  /** The procedure for several services. */
  readonly procedure: Procedure;
  /** What else it can take back. */
  readonly others: readonly string[];
}

/** Null where one service is all there is, or several are gone through already. */
export function secondService(state: IncidentState, runbook: Runbook, step: Step): SecondService | null {
  const current = runbook.procedures.find(({ steps }) => steps.some(({ id }) => id === step.id));
  if (current?.steps.some((each) => definitionOf(each).choosesRelease === 'one-service') !== true) return null;
  for (const procedure of runbook.procedures) {
    const choose = procedure.steps.find((each) => definitionOf(each).choosesRelease === 'several-services');
    if (choose === undefined) continue;
    const others = servicesOf(choose, runbook).filter((service) => service !== state.declared.service);
    if (others.length > 0) return { procedure, others };
  }
  return null;
}

/** Why it need not go back once more: its own rollback in this incident is verified. Null where it has none. */
export function wentBack(state: IncidentState, runbook: Runbook, service: string): string | null {
  // After a regression it may well have to.
  if (state.proofMetAt === null || !hasOwnRollback(state, runbook, service)) return null;
  return `went back to v${state.choice?.version} already, verified`;
}

/** Its rollback by itself was proven in this incident, whatever was done to other services since. */
export const hasOwnRollback = (state: IncidentState, runbook: Runbook, service: string): boolean =>
  service === state.declared.service &&
  state.choice !== null &&
  runbook.procedures
    .flatMap(({ steps }) => steps)
    .some((step) => definitionOf(step).deploys === 'one-service' && stepState(state, step.id).outcome === 'verified');
