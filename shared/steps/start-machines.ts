import { serviceText } from '#shared/runbook/services.ts';
import { oneChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Starts the machines that ran before the fast stop. Proven by the list of machines and the health address. */
export const startMachines: StepKindDefinition = {
  lead: 'Starts the machines that ran before and lets requests in again. Proven when all are started, their checks pass and the health address answers 200.',
  provenBy: 'rollbook',
  commands: 'filled-in',
  next: oneChange(({ declared }) => `Start all machines of ${serviceText(declared.service)}`),
};
