import { count } from '#shared/words/count.ts';
import { act, ask } from './action.ts';
import { SYMPTOM_HELP } from './help-on-failure.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Probes the health address for a while, and asks at its checkpoints. */
export const watch: StepKindDefinition = {
  lead: 'Keeps checking the service after the rollback, so that a regression is seen at once.',
  provenBy: 'person',
  commands: 'as-written',
  takesWatch: true,
  next: (state, _runbook, step) => {
    const watching = state.watch?.stepId === step.id && state.watch.endedAt === null;
    const minute = state.watch?.asking ?? null;
    if (watching && minute !== null)
      return ask(step, `Answer the checkpoint after ${count(minute, 'minute')}`, 'checkpoint');
    if (watching) return { kind: 'wait', stepId: step.id, label: 'Watching', runId: null };
    return act(step, `Watch for ${count(step.watch?.minutes ?? 0, 'minute')}`, {
      kind: 'start-watch',
      stepId: step.id,
    });
  },
  reliesOnProof: true,
  endsWatch: true,
  ...SYMPTOM_HELP,
};
