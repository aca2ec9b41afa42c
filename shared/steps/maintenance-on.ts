import { oneChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Switches maintenance mode on. Proven by what users see at the public address. `maintenance-off` takes it back. */
export const maintenanceOn: StepKindDefinition = {
  lead: 'Sets a secret: every machine is restarted and waited for. Users are locked out until it is switched off again.',
  provenBy: 'rollbook',
  commands: 'as-written',
  endsService: true,
  undoneBy: 'maintenance-off',
  next: oneChange(() => 'Switch maintenance mode on'),
};
