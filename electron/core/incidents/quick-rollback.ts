/**
 * The quick rollback from two fields, service and version: checks them, declares the incident, chooses the release and
 * deploys it. Begin with `startQuick` (window) or `declareQuick` and `quickRollback` (command line).
 */
import { platformOf } from '#shared/runbook/services.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { mustBeDeployable, quickRow, quickSteps } from '#shared/incident/quick.ts';
import type { CallArgs } from '#shared/api/calls.ts';
import type { QuickStarted } from '#shared/api/quick-calls.ts';
import { ERROR_CODES, RollbookError, toFailure } from '#shared/api/result.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { declarationOf } from '#shared/incident/declaration.ts';
import type { Drills } from '#core/drills/drills.ts';
import { preflight, type QuickWish } from '#core/platforms/fly/quick-preflight.ts';
import type { Clock } from '#core/ports.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { IncidentService } from './incident-service.ts';
import type { OpenIncident } from './open-incident.ts';

export interface QuickRollback {
  readonly version: number;
  /** All machines at once. */
  readonly immediate: boolean;
  /** Deploy the version even if it is known to be bad in this incident. */
  readonly evenIfBad: boolean;
}

type NewId = () => string;

/**
 * Reads the releases, chooses the version, deploys it and waits for the verdict. The incident stays open either way.
 * Codes: `no-release` (not in the list, or without an image), `not-allowed` (a bad version; an approval is missing), and
 * those of a read or a deploy that failed.
 */
export async function quickRollback(
  incident: OpenIncident,
  request: QuickRollback,
  actor: string,
  newId: NewId,
): Promise<void> {
  await chooseVersion(incident, request, actor, newId);
  await beginDeploy(incident, actor, newId);
  await settled(incident);
}

/** Reads the releases and chooses the version. Codes: as quickRollback. */
export async function chooseVersion(
  incident: OpenIncident,
  { version, immediate, evenIfBad }: QuickRollback,
  actor: string,
  newId: NewId,
): Promise<void> {
  const { eventLog, runbook } = incident.context;
  const take = async (intent: Intent): Promise<void> => {
    await incident.act(intent, actor, newId(), eventLog.state.seq, 'refuse');
    await settled(incident);
  };
  const { procedure, choose } = quickSteps(runbook);
  if (eventLog.state.procedureId !== procedure.id) {
    await take({ kind: 'choose-procedure', procedureId: procedure.id, reason: 'quick rollback' });
  }
  await take({ kind: 'run-reads', stepId: choose.id });
  mustBeDeployable(eventLog.state, version, evenIfBad);
  await take({ kind: 'choose-release', stepId: choose.id, version, immediate });
}

/** Starts the deploy and does not wait for its end. Code: `not-allowed` when an approval is missing. */
export async function beginDeploy(incident: OpenIncident, actor: string, newId: NewId): Promise<void> {
  const { eventLog, runbook } = incident.context;
  const { deploy, command } = quickSteps(runbook);
  const intent: Intent = { kind: 'run-change', stepId: deploy.id, commandId: command.id };
  await incident.act(intent, actor, newId(), eventLog.state.seq);
}

async function settled(incident: OpenIncident): Promise<void> {
  await incident.settled();
  const { problem } = incident.context.eventLog.state;
  if (problem === null) return;
  const code = ERROR_CODES.find((known) => known === problem.code) ?? 'environment';
  throw new RollbookError(code, problem.message, problem.advice);
}

interface QuickServices {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly incidents: IncidentService;
  readonly drills: Drills;
  readonly runbooks: RunbookRepository;
  readonly operator: string;
}

interface QuickDeclaration extends QuickWish {
  /** Hash of the runbook. */
  readonly runbook: string;
  readonly intentId: string;
}

/**
 * Runs the preflight, then declares a live P0 incident. After an error nothing is declared. Codes: `untrusted`,
 * `bad-arguments` (no such service or procedure), `not-found`, and those of preflight.
 */
export async function declareQuick(
  { incidents, runbooks, operator }: QuickServices,
  { runbook, intentId, ...wish }: QuickDeclaration,
): Promise<string> {
  const { model } = await runbooks.open(runbook);
  const steps = quickSteps(model);
  const { service, version, detectedAt } = wish;
  const context = await incidents.readContext(runbook, service);
  mustHaveVersions(model, service);
  await preflight(context, steps, wish);
  const declaration = declarationOf(model, {
    matched: quickRow(model) ?? { severity: 'P0', condition: '' },
    title: `Quick rollback of ${service} to v${version}`,
    service,
    detectedAt,
  });
  return await incidents.declare({ intentId, runbook, ...declaration }, operator);
}

/** Releases outside of Fly have names, and a number typed for one could be taken for another. Code: `bad-arguments`. */
function mustHaveVersions(model: Runbook, service: string): void {
  if (platformOf(model, service) !== 'generic') return;
  throw new RollbookError(
    'bad-arguments',
    `The quick rollback knows versions of Fly; the releases of ${service} have names. Nothing was declared.`,
    'Declare it (rollbook run FILE), and choose the release from its list.',
  );
}

interface QuickDrill extends Omit<QuickWish, 'detectedAt'> {
  readonly scenario: string;
  readonly speed: number;
  readonly intentId: string;
}

/** As declareQuick, on the simulated tools of a scenario. Codes: `bad-arguments`, `unknown-scenario`, those of preflight. */
export async function declareQuickDrill(
  { incidents, drills, runbooks, operator }: QuickServices,
  { scenario, speed, service, intentId, ...wish }: QuickDrill,
): Promise<string> {
  const { hash } = runbooks.bundled();
  const { model } = await runbooks.open(hash);
  const steps = quickSteps(model);
  const rowLine = quickRow(model)?.line ?? null;
  const { adapter, detectedAt } = await drills.rehearsal(scenario, speed, service);
  const context = { ...(await incidents.readContext(hash, service)), adapter };
  await preflight(context, steps, { ...wish, service, detectedAt });
  return await drills.start({ scenario, speed, rowLine, service, actor: operator, intentId });
}

/** Quick rollbacks that this process started, by intent id: a repeated intent gets the first result, also a failure. */
const STARTED = new WeakMap<IncidentService, Map<string, Promise<QuickStarted>>>();

/**
 * Declares the incident and starts the deploy. Resolves once the deploy has started, or with the problem that prevented it.
 * A repeated intent does nothing again, unless it was refused before the declaration. Codes: those of declareQuick and
 * declareQuickDrill.
 */
export function startQuick(services: QuickServices, wanted: CallArgs<'quick.start'>): Promise<QuickStarted> {
  const { incidents } = services;
  const started = STARTED.get(incidents) ?? new Map<string, Promise<QuickStarted>>();
  STARTED.set(incidents, started);
  const first = started.get(wanted.intentId);
  if (first !== undefined) return first;
  // An earlier process started it: the incident's timeline has the result.
  const incidentId = incidents.declaredBy(wanted.intentId);
  if (incidentId !== null) return Promise.resolve({ incidentId, problem: null });
  const starting = start(services, wanted);
  started.set(wanted.intentId, starting);
  starting.catch(() => started.delete(wanted.intentId));
  return starting;
}

async function start(
  services: QuickServices,
  { intentId, runbook, service, version, drill }: CallArgs<'quick.start'>,
): Promise<QuickStarted> {
  const request = { version, immediate: false, evenIfBad: false };
  const wish = { service, version, evenIfBad: false, intentId };
  const incidentId =
    drill === null
      ? await declareQuick(services, { ...wish, runbook, detectedAt: services.clock.now() })
      : await declareQuickDrill(services, { ...wish, ...drill });
  try {
    await services.incidents.during(incidentId, async (incident) => {
      await chooseVersion(incident, request, services.operator, services.newId);
      await beginDeploy(incident, services.operator, services.newId);
    });
    return { incidentId, problem: null };
  } catch (thrown) {
    return { incidentId, problem: toFailure(thrown) };
  }
}
