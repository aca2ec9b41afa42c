/** Walks an open incident through a quick rollback, up to the verdict on its deploy. */
import type { Intent } from '#shared/incident/intent.ts';
import { mustBeDeployable, quickSteps } from '#shared/incident/quick.ts';
import { ERROR_CODES, RollbookError } from '#shared/contract/result.ts';
import type { OpenIncident } from './open-incident.ts';

export interface QuickRollback {
  readonly version: number;
  /** All machines at once. */
  readonly immediate: boolean;
  /** The person knows that this version was found bad in this incident, and wants it. */
  readonly evenIfBad: boolean;
}

type NewId = () => string;

/**
 * Reads the releases, takes the version, deploys it and waits for the verdict; the incident stays open either way.
 * Codes: `no-release` (not in the list, or without an image), `not-allowed` (found bad; an approval is missing), and
 * those of the problem that stood in the way of the reading or of the deploy.
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

/** Reads the releases and takes the version. Codes: as quickRollback. */
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

/** The deploy is on its way when this resolves. Code: `not-allowed` when an approval is missing. */
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
