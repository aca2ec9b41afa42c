/** Finds a service of a runbook, or its `-test` app for practice. */
import type { Runbook, Service } from './model.ts';
import { RollbookError } from '../contract/result.ts';

const SUFFIX = '-test';

/**
 * A declared service, or the `-test` app of one. The health address of the test app is derived only if the service's
 * address is on the service's own fly.dev host; any other address has to be declared.
 */
export function serviceOf(runbook: Runbook, id: string): Service | null {
  const { services } = runbook.settings;
  const declared = services.find((service) => service.id === id);
  if (declared !== undefined || !id.endsWith(SUFFIX)) return declared ?? null;
  const base = services.find((service) => `${service.id}${SUFFIX}` === id);
  const host = /^https:\/\/([^/:?#]+)/.exec(base?.health ?? '')?.[1];
  if (base === undefined || host !== `${base.id}.fly.dev`) return null;
  return { ...base, id, title: `${base.title} (test)`, health: base.health.replace(host, `${id}.fly.dev`) };
}

/** Returns the id. Throws `bad-arguments` when the runbook does not declare the service. */
export function mustKnowService({ settings: { services } }: Runbook, service: string): string {
  if (services.some(({ id }) => id === service)) return service;
  const known = services.map(({ id }) => id).join(', ') || 'none';
  throw new RollbookError(
    'bad-arguments',
    `The runbook declares no service "${service}" (it declares: ${known}).`,
    'Choose one of them.',
  );
}
