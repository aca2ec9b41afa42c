/** Looking up runs. Pure. */
import type { IncidentState, RunState } from '#shared/incident/state.ts';
import { runsOfStep } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';

/** The newest run of a tool that the app itself started. */
export const runOf = (state: IncidentState, tool: string): RunState | null =>
  state.runs.findLast((run) => run.binary !== '' && run.template.startsWith(tool)) ?? null;

/** All runs of a step in the order they were started. */
export const runsOf = (state: IncidentState, step: Step): readonly RunState[] => runsOfStep(state, step.id);

/** The run a person wants to see while a step works: the change if there is one, else the newest. */
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
