import { serviceText } from '#shared/runbook/services.ts';
import { ask, read } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Reads the releases of the service, and a person chooses the one to go back to. */
export const chooseRelease: StepKindDefinition = {
  lead: 'Reads the releases and what runs now, then proposes the newest complete release from before the trouble.',
  provenBy: 'person',
  commands: 'filled-in',
  choosesRelease: 'one-service',
  next: (state, _runbook, step) =>
    state.releases === null
      ? read(step, `Read the releases of ${serviceText(state.declared.service)}`)
      : ask(step, 'Choose the release to go back to', 'release'),
  choice: {
    again: {
      id: 'other-release',
      label: 'Choose another release',
      risk: 'An older release may not fit the present schema and secrets.',
    },
  },
};
