import type { Runbook } from '../runbook/model.ts';
import { platformOf } from '../runbook/services.ts';

/** What going back leaves alone, for the card before it. */
export const staysText = (runbook: Runbook, service: string): string =>
  platformOf(runbook, service) === 'generic'
    ? 'Whether config, secrets and schema go back too is up to the command: Rollbook does not know.'
    : 'Config, secrets and schema stay as they are.';
