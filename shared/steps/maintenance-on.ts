import { oneChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Switches maintenance mode on. Proven by what users see at the public address. `maintenance-off` takes it back. */
export const maintenanceOn: StepKindDefinition = {
  lead: 'Sets a secret: every machine is restarted and waited for. Users are locked out until it is switched off again.',
  provenBy: 'rollbook',
  commands: 'as-written',
  endsService: true,
  undoneBy: {
    kind: 'maintenance-off',
    gap: 'half-maintenance',
    noChange: 'No step turns maintenance mode on.',
    noUndo: 'No step turns maintenance mode off.',
  },
  marker: 'shown',
  next: oneChange(() => 'Switch maintenance mode on'),
};
