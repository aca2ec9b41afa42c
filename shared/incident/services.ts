/** Several services in one incident: the releases, choice and outcome of each. */
import type { Runbook, Step } from '#shared/runbook/model.ts';
import type { Outcome } from './step-outcomes.ts';
import { type IncidentState, runsOfStep, type ServiceState } from './state.ts';

const NO_SERVICE: ServiceState = { releases: null, choice: null, leftOut: null, ended: null };

export const serviceState = (state: IncidentState, service: string): ServiceState =>
  state.system[service] ?? NO_SERVICE;

export const withService = (state: IncidentState, service: string, change: Partial<ServiceState>): IncidentState => ({
  ...state,
  system: { ...state.system, [service]: { ...serviceState(state, service), ...change } },
});

/** Reopening a step reopens its services, except proven ones. Where it chose the release, the list is read again. */
export function reopenServices(state: IncidentState, stepId: string): IncidentState {
  const entries = Object.entries(state.system).map(([service, each]): [string, ServiceState] => {
    if (each.ended?.outcome === 'verified') return [service, each];
    const chosenThere = [each.releases?.stepId, each.choice?.stepId].includes(stepId);
    if (chosenThere) return [service, { ...NO_SERVICE, ended: each.ended }];
    return [service, each.ended?.stepId === stepId ? { ...each, ended: null } : each];
  });
  return { ...state, system: Object.fromEntries(entries) };
}

/** The services of a step, in its order. */
export const servicesOf = (step: Step, runbook: Runbook): readonly string[] =>
  step.services ?? runbook.settings.services.map(({ id }) => id);

/** Services without a choice: nothing was decided yet, or the decision was dropped. */
export const undecided = (state: IncidentState, step: Step, runbook: Runbook): readonly string[] =>
  servicesOf(step, runbook).filter((service) => {
    const { choice, leftOut, ended } = serviceState(state, service);
    return choice === null && leftOut === null && ended?.outcome !== 'verified';
  });

/** Services that are chosen but have no outcome yet. */
export const undeployed = (state: IncidentState, step: Step, runbook: Runbook): readonly string[] =>
  servicesOf(step, runbook).filter((service) => {
    const { choice, ended } = serviceState(state, service);
    return choice !== null && ended === null;
  });

const BY_WEIGHT: readonly Outcome[] = ['failed', 'interrupted', 'stopped', 'unverified', 'verified'];

/** The worst outcome of the chosen services; null until each has one, and when none was chosen. */
export function systemOutcome(state: IncidentState, step: Step, runbook: Runbook): Outcome | null {
  const chosen = servicesOf(step, runbook).filter((service) => serviceState(state, service).choice !== null);
  const outcomes = chosen.map((service) => serviceState(state, service).ended?.outcome ?? null);
  if (outcomes.length === 0 || outcomes.includes(null)) return null;
  return BY_WEIGHT.find((outcome) => outcomes.includes(outcome)) ?? 'unverified';
}

/** The command id of a run for one of several services. */
export const serviceCommandId = (commandId: string, service: string): string => `${commandId}@${service}`;

/** The service such a run was for, or null. */
export function serviceOfRun(state: IncidentState, runId: string): string | null {
  const { commandId = '' } = state.runs.get(runId) ?? {};
  const at = commandId.lastIndexOf('@');
  return at < 0 ? null : commandId.slice(at + 1);
}

/**
 * Its change was started since the step was last reopened, and has no outcome: check it instead of running it again.
 */
export const hasUnjudgedChange = (state: IncidentState, step: Step, service: string): boolean =>
  serviceState(state, service).ended === null &&
  runsOfStep(state, step.id).some(({ runId, effect }) => effect === 'change' && serviceOfRun(state, runId) === service);
