import { serviceText } from '#shared/runbook/services.ts';
import { oneChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** The fast stop: all machines of the service. Proven by the list of machines. `start-machines` takes it back. */
export const stopMachines: StepKindDefinition = {
  lead: null,
  provenBy: 'rollbook',
  commands: 'filled-in',
  endsService: true,
  stopsMachines: true,
  undoneBy: {
    kind: 'start-machines',
    gap: 'half-stop',
    noChange: 'No step stops the machines that another step starts.',
    noUndo: 'No step starts the stopped machines again.',
  },
  next: oneChange(({ declared }) => `Stop all machines of ${serviceText(declared.service)}`),
};
