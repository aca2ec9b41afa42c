import { RollbookError } from '../contract/result.ts';
import type { Runbook } from './model.ts';

/** The service's own id. Code: `bad-arguments` when the runbook does not declare it. */
export function mustKnowService({ settings: { services } }: Runbook, service: string): string {
  if (services.some(({ id }) => id === service)) return service;
  const known = services.map(({ id }) => id).join(', ') || 'none';
  throw new RollbookError(
    'bad-arguments',
    `The runbook declares no service "${service}" (it declares: ${known}).`,
    'Choose one of them.',
  );
}
