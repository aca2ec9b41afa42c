/** Finds and describes the runs of an incident. */
import { type IncidentState, type RunState, runsOfStep } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';

/** The newest run of a tool that Rollbook started itself. */
export const runOf = (state: IncidentState, tool: string): RunState | null =>
  state.runs.findLast((run) => run.binary !== '' && run.template.startsWith(tool)) ?? null;

/** All runs of a step, oldest first. */
export const runsOf = (state: IncidentState, step: Step): readonly RunState[] => runsOfStep(state, step.id);

/** The run to show while a step works: its newest change, else its newest run. */
export function runInSight(state: IncidentState, step: Step): RunState | null {
  const runs = runsOf(state, step);
  return runs.findLast((run) => run.effect === 'change') ?? runs.at(-1) ?? null;
}

export const runEnding = (run: RunState): string => {
  if (run.exit === null) return 'running';
  switch (run.exit.kind) {
    case 'code':
      return `exit ${run.exit.code}`;
    case 'signal':
      return `ended by ${run.exit.signal}`;
    case 'timeout':
      return 'stopped after its time limit';
    case 'lost':
      return 'nobody saw it end';
  }
};
