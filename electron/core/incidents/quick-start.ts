/** A quick rollback from two fields: declared, chosen and begun; what comes of it is the incident's to tell. */
import { ulid } from 'ulid';
import type { CallArgs } from '#shared/contract/calls.ts';
import type { QuickStarted } from '#shared/contract/quick-calls.ts';
import { toFailure } from '#shared/contract/result.ts';
import { quickRow, quickSteps } from '#shared/incident/quick.ts';
import type { Drills } from '#core/drills/drills.ts';
import type { RunbookShelf } from '#core/runbooks/shelf.ts';
import type { Desk } from './desk.ts';
import { beginDeploy, chooseVersion } from './quick-rollback.ts';

interface QuickServices {
  readonly desk: Desk;
  readonly drills: Drills;
  readonly runbooks: RunbookShelf;
  readonly operator: string;
}

interface QuickDeclaration {
  /** Hash of the runbook. */
  readonly runbook: string;
  readonly service: string;
  readonly version: number;
  /** ms since the epoch. */
  readonly detectedAt: number;
  readonly intentId: string;
}

/** Declares it live, as a P0. Codes: `untrusted`, `bad-arguments` (no such service or procedure), `not-found`. */
export async function declareQuick(
  { desk, runbooks, operator }: QuickServices,
  { runbook, service, version, detectedAt, intentId }: QuickDeclaration,
): Promise<string> {
  const { model } = runbooks.open(runbook);
  // Before anything is declared: a runbook without such a procedure cannot be gone through quickly.
  quickSteps(model);
  const row = quickRow(model);
  const title = `Quick rollback of ${service} to v${version}`;
  const declared = {
    runbook,
    severity: 'P0',
    rowLine: row?.line ?? null,
    title,
    symptom: row?.condition ?? '',
  } as const;
  return await desk.declare({ intentId, ...declared, service, detectedAt }, operator);
}

/** Declares it on the simulated tools of a scenario. Codes: `bad-arguments`, `unknown-scenario`. */
export async function declareQuickDrill(
  { drills, runbooks, operator }: QuickServices,
  { scenario, speed, service, intentId }: { scenario: string; speed: number; service: string; intentId: string },
): Promise<string> {
  const bundled = runbooks.list().find((summary) => summary.bundled)?.hash ?? '';
  const { model } = runbooks.open(bundled);
  quickSteps(model);
  const rowLine = quickRow(model)?.line ?? null;
  return await drills.start({ scenario, speed, rowLine, service, actor: operator, intentId });
}

/** Answers when the deploy was begun, or when it is known why not. Codes: those of the declarations. */
export async function startQuick(
  services: QuickServices,
  { intentId, runbook, service, version, drill }: CallArgs<'quick.start'>,
): Promise<QuickStarted> {
  const incidentId =
    drill === null
      ? await declareQuick(services, { runbook, service, version, detectedAt: Date.now(), intentId })
      : await declareQuickDrill(services, { ...drill, service, intentId });
  const incident = await services.desk.open(incidentId);
  const request = { version, immediate: false, evenIfBad: false };
  try {
    await chooseVersion(incident, request, services.operator, ulid);
    await beginDeploy(incident, services.operator, ulid);
    return { incidentId, problem: null };
  } catch (thrown) {
    return { incidentId, problem: toFailure(thrown) };
  }
}
