/** Which services go back in this incident: a second one beside the declared one, and those that the watch covers. */
import { releaseName } from '#shared/platforms/release-name.ts';
import type { Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentState, procedureOf, stepState } from './state.ts';
import { servicesOf, serviceState } from './services.ts';

/**
 * A second service beside the one an application rollback is for. It goes back by the procedure for several services, with
 * its own release, run, proof and outcome; what went back already is not deployed again there.
 */
export interface SecondService {
  /** The procedure for several services. */
  readonly procedure: Procedure;
  /** The other services it can roll back. */
  readonly others: readonly string[];
}

/** null when there is only one service, or the incident is in the procedure for several already. */
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

/** Why it need not be rolled back again: its own rollback in this incident is verified. Else null. */
export function rolledBackAlready(state: IncidentState, runbook: Runbook, service: string): string | null {
  // After a regression it may have to be.
  if (state.proofMetAt === null || !hasOwnRollback(state, runbook, service)) return null;
  return `went back to ${state.choice === null ? 'it' : releaseName(state.choice)} already, verified`;
}

/** It was rolled back alone and proven in this incident, whatever was done to other services since. */
export const hasOwnRollback = (state: IncidentState, runbook: Runbook, service: string): boolean =>
  service === state.declared.service &&
  state.choice !== null &&
  runbook.procedures
    .flatMap(({ steps }) => steps)
    .some((step) => definitionOf(step).deploys === 'one-service' && stepState(state, step.id).outcome === 'verified');

/** The services a watch covers: those that were rolled back together, else the declared one. */
export function watchedServices(state: IncidentState, runbook: Runbook): readonly string[] {
  const deploy = procedureOf(state, runbook)?.steps.find((step) => definitionOf(step).deploys === 'several-services');
  const together = deploy === undefined ? [] : servicesOf(deploy, runbook);
  const chosen = together.filter((service) => serviceState(state, service).choice !== null);
  if (chosen.length === 0) return [state.declared.service];
  // A service that was rolled back alone before is watched with them.
  return together.filter((service) => chosen.includes(service) || hasOwnRollback(state, runbook, service));
}
