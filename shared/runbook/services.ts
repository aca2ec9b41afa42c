/** Finds a service of a runbook, or its `-test` app for practice. */
import { allCommands, callsTool } from './commands.ts';
import type { Runbook, Settings } from './model.ts';
import type { ServiceCommand, HealthCheck, Service } from './service.ts';
import { RollbookError } from '../api/result.ts';

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
  const onTest = (url: string): string => url.replace(host, `${id}.fly.dev`);
  const { healthChecks } = base;
  return {
    ...base,
    id,
    title: `${base.title} (test)`,
    health: onTest(base.health),
    ...(healthChecks && { healthChecks: healthChecks.map((check) => ({ ...check, url: onTest(check.url) })) }),
  };
}

/** What counts as healthy for a service: of each address. Empty: the runbook declares no address. */
export function healthChecksOf(runbook: Runbook, id: string): readonly HealthCheck[] {
  const { health = '', healthChecks } = serviceOf(runbook, id) ?? {};
  return healthChecks ?? (health === '' ? [] : [plainCheck(health)]);
}

/** An address that is healthy when it answers 200. */
export const plainCheck = (url: string): HealthCheck => ({ url, status: [200], redirects: 0 });

/** The commands that the front matter declares for the services of other platforms; they only read. */
export const serviceCommands = ({ services }: Settings): readonly (ServiceCommand & { readonly service: string })[] =>
  services.flatMap((service) => {
    if (service.platform !== 'generic') return [];
    const { releases, running, prove } = service.contract;
    const commands = [releases.command, running.command, ...prove.map(({ command }) => command)];
    return commands.map((command) => ({ ...command, service: service.id }));
  });

/** The longest name of a service that the runbook does not declare. */
const NAME_MAX = 100;

/**
 * Why an incident cannot be declared for this service; null: it can. A runbook that declares no services takes any name,
 * also none (''). The name may become an argument of a command, so it must not look like an option.
 */
export function serviceProblem({ settings: { services } }: Runbook, service: string): string | null {
  if (services.some(({ id }) => id === service)) return null;
  const known = services.map(({ id }) => id).join(', ');
  if (known !== '') return `The runbook declares no service "${service}" (it declares: ${known}).`;
  if (/^-|\p{Cc}/u.test(service)) return 'The name of the service begins with "-" or contains control characters.';
  return service.length > NAME_MAX ? `The name of the service is longer than ${NAME_MAX} characters.` : null;
}

/** Returns the id, without spaces around it. Code: `bad-arguments`, as serviceProblem says. */
export function mustKnowService(runbook: Runbook, service: string): string {
  const name = service.trim();
  const problem = serviceProblem(runbook, name);
  if (problem === null) return name;
  const advice = runbook.settings.services.length > 0 ? 'Choose one of them.' : 'Give another name, or none.';
  throw new RollbookError('bad-arguments', problem, advice);
}

/**
 * The platform of a service: the declared one. A service that the runbook does not declare is on Fly if its commands call
 * fly; else nothing is known about it (null).
 */
export function platformOf(runbook: Runbook, service: string): Service['platform'] | null {
  const declared = serviceOf(runbook, service);
  if (declared !== null) return declared.platform;
  return service !== '' && callsFly(runbook) ? 'fly' : null;
}

/** True when the runbook is about Fly: a service of it is there, or a command of it calls fly. */
export const usesFly = (runbook: Runbook): boolean =>
  runbook.settings.services.some(({ platform }) => platform === 'fly') || callsFly(runbook);

const callsFly = (runbook: Runbook): boolean => allCommands(runbook).some(({ text }) => callsTool(text, 'fly'));

/** What the incident is about, in a sentence: the service, or "the service" where none was named. */
export const serviceText = (service: string): string => (service === '' ? 'the service' : service);

/** What the runbook declares to show that the service works: its `prove` commands and health addresses. */
export function provedBy(runbook: Runbook, id: string): readonly string[] {
  const service = serviceOf(runbook, id);
  const proofs = service?.platform === 'generic' ? service.contract.prove.map(({ command }) => command.text) : [];
  return [...proofs, ...healthChecksOf(runbook, id).map(({ url }) => `${url} is healthy`)];
}

/** True when it declares any. */
export const provesItself = (runbook: Runbook, id: string): boolean => provedBy(runbook, id).length > 0;
