/** The outcome of an incident as a whole, for lists, drill results and reports. */
import type { Runbook } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { openAfterStart } from './checklist.ts';
import { procedureOf, type IncidentState, type RunState, runsOfStep, stepState } from './state.ts';
import type { Outcome } from './step-outcomes.ts';

export interface StepSummary {
  readonly id: string;
  readonly title: string;
  readonly outcome: Outcome | null;
}

/** The steps of the chosen procedure in order; an outcome is null until the step has ended. */
export const stepSummaries = (state: IncidentState, runbook: Runbook): readonly StepSummary[] =>
  (procedureOf(state, runbook)?.steps ?? []).map((step) => ({
    id: step.id,
    title: step.title,
    outcome: stepState(state, step.id).outcome,
  }));

/**
 * `verified` only when the rollback became effective and no step is left in a bad or open state. Otherwise a failed,
 * interrupted or stopped step decides, in this order; an unfinished incident is `unverified`. It is `confirmed` when a person
 * vouched for a change whose command did not keep its rules, or that Rollbook would have had to prove; and when no step
 * could be proven and a person saw that the symptom is gone.
 */
export function incidentOutcome(state: IncidentState, runbook: Runbook): Outcome {
  // Nothing was rolled back, so there is no proof: a person confirmed that the fix works.
  if (state.fixForward !== null) return state.effectiveAt === null ? 'unverified' : 'confirmed';
  const outcomes = stepSummaries(state, runbook).map((step) => step.outcome);
  for (const bad of ['failed', 'interrupted', 'stopped'] as const) if (outcomes.includes(bad)) return bad;
  // Open checklist items do not count against the rollback.
  const open = state.deferred.some((item) => item.settled === null && item.checklistId === undefined);
  if (state.effectiveAt === null || open || outcomes.includes('unverified') || outcomes.includes(null))
    return 'unverified';
  return state.proofMetAt === null || vouchedFor(state, runbook) ? 'confirmed' : 'verified';
}

/**
 * True when it ended as the runbook declares: verified; or confirmed where there was nothing to prove (a fix forward, or
 * `nothingProves`: no step has a post-condition) and every command kept its rules.
 */
export function endedAsDeclared(state: IncidentState, runbook: Runbook, nothingProves: boolean): boolean {
  const outcome = incidentOutcome(state, runbook);
  if (outcome !== 'confirmed') return outcome === 'verified';
  return state.fixForward !== null || (nothingProves && !vouchedFor(state, runbook));
}

/** A change that a person confirmed in place of its contract. */
const vouchedFor = (state: IncidentState, runbook: Runbook): boolean =>
  (procedureOf(state, runbook)?.steps ?? []).some((step) => {
    const { outcome, proof } = stepState(state, step.id);
    const changes = runsOfStep(state, step.id).filter(({ effect }) => effect === 'change');
    if (outcome !== 'confirmed' || changes.length === 0) return false;
    const mustBeProven = definitionOf(step).provenBy !== 'commands' && definitionOf(step).provenBy !== 'person';
    return (mustBeProven && proof?.met !== true) || !changes.every(keptItsRules);
  });

/** Events of older versions have no verdict on the rules. */
const keptItsRules = ({ rules, exit }: RunState): boolean =>
  rules === undefined ? exit?.kind === 'code' && exit.code === 0 : rules.kind === 'kept';

/** "verified", or "verified, checklist open" while an item of the checklist is neither ticked nor put off. */
export const outcomeText = (state: IncidentState, runbook: Runbook): string =>
  withChecklist(incidentOutcome(state, runbook), isChecklistOpen(state, runbook));

export const isChecklistOpen = (state: IncidentState, runbook: Runbook): boolean =>
  openAfterStart(state, runbook).length > 0;

export const withChecklist = (outcome: string, isOpen: boolean): string =>
  isOpen ? `${outcome}, checklist open` : outcome;
