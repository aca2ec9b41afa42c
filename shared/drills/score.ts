/** Scores a drill or incident: the time of each step and its usual time, deviations, stops. */
import type { Runbook } from '#shared/runbook/model.ts';
import type { Outcome } from '#shared/incident/step-outcomes.ts';
import { type IncidentState, runsOfStep, stepState } from '#shared/incident/state.ts';
import { stepSummaries } from '#shared/incident/incident-outcome.ts';

export interface StepScore {
  readonly id: string;
  readonly title: string;
  readonly outcome: Outcome | null;
  /** From the first command of the step to its end, in ms; null: nothing ran, or it did not end. */
  readonly tookMs: number | null;
  /** The usual time of its slowest command, in ms; null: not in the runbook. */
  readonly usualMs: number | null;
}

export interface Score {
  readonly steps: readonly StepScore[];
  /** Deviations from the runbook or the policy. */
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
