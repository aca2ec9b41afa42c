/** How a drill or an incident went against what was planned: time against target, each step against its usual, deviations, stops. */
import type { Runbook } from '#shared/runbook/model.ts';
import type { Outcome } from '#shared/incident/outcome.ts';
import { type IncidentState, runsOfStep, stepState } from '#shared/incident/state.ts';
import { stepSummaries } from '#shared/incident/incident-outcome.ts';

export interface StepScore {
  readonly id: string;
  readonly title: string;
  readonly outcome: Outcome | null;
  /** From the first command of the step to its end, ms; null: nothing ran in it, or it did not end. */
  readonly tookMs: number | null;
  /** What the runbook calls usual for its slowest command, ms; null: it does not say. */
  readonly usualMs: number | null;
}

export interface Score {
  readonly steps: readonly StepScore[];
  /** What was done otherwise than the runbook or the policy has it. */
  readonly deviations: readonly string[];
  /** Commands that a person stopped. */
  readonly stops: number;
}

export function scoreOf(state: IncidentState, runbook: Runbook): Score {
  return {
    steps: stepSummaries(state, runbook).map((summary) => ({ ...summary, ...timesOf(state, summary.id) })),
    deviations: state.deviations.map(({ what }) => what),
    stops: state.runs.count(({ stopAsked }) => stopAsked !== null),
  };
}

function timesOf(state: IncidentState, stepId: string): Pick<StepScore, 'tookMs' | 'usualMs'> {
  const { endedAt } = stepState(state, stepId);
  const known = runsOfStep(state, stepId);
  const usual = known.flatMap(({ usualMs }) => usualMs ?? []);
  const begun = known.map(({ intendedAt }) => intendedAt);
  return {
    tookMs: begun.length === 0 || endedAt === null ? null : Math.max(0, endedAt - Math.min(...begun)),
    usualMs: usual.length === 0 ? null : Math.max(...usual),
  };
}
