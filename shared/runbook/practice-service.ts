/** The services of a runbook, and the apps that stand beside them to be practised on. */
import type { Runbook, Service } from './model.ts';

const SUFFIX = '-test';

/**
 * A declared service; or the `-test` app of one. Its health address is that of the declared service with the app's own
 * host in place of the other, and only where that host is Fly's for the app: any other address has to be declared.
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
