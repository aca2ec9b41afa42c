import { oneChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Switches maintenance mode off. Proven by what users see at the public address. */
export const maintenanceOff: StepKindDefinition = {
  lead: 'Removes the secret again. Proven when the public address answers without the marker.',
  provenBy: 'rollbook',
  commands: 'as-written',
  marker: 'gone',
  next: oneChange(() => 'Switch maintenance mode off'),
};
