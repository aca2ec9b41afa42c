/** Walks an open incident through a quick rollback, up to the verdict on its deploy. */
import type { Intent } from '#shared/incident/intent.ts';
import { mustBeAWayBack, quickSteps } from '#shared/incident/quick.ts';
import { ERROR_CODES, RollbookError } from '#shared/contract/result.ts';
import type { OpenIncident } from './open-incident.ts';

export interface QuickRollback {
  readonly version: number;
  /** All machines at once. */
  readonly immediate: boolean;
  /** The person knows that this version was found bad in this incident, and wants it. */
  readonly evenIfBad: boolean;
}

/**
 * Reads the releases, takes the version, deploys it and waits for the verdict; the incident stays open either way.
 * Codes: `no-release` (not in the list, or without an image), `not-allowed` (found bad; an approval is missing), and
 * those of the problem that stood in the way of the reading or of the deploy.
 */
export async function quickRollback(
  incident: OpenIncident,
  { version, immediate, evenIfBad }: QuickRollback,
  actor: string,
  newId: () => string,
): Promise<void> {
  const { journal, runbook } = incident.scene;
  const take = async (intent: Intent): Promise<void> => {
    await incident.act(intent, actor, newId(), journal.state.seq);
    await incident.settled();
    const { problem } = journal.state;
    if (problem === null) return;
    const code = ERROR_CODES.find((known) => known === problem.code) ?? 'environment';
    throw new RollbookError(code, problem.message, problem.advice);
  };
  const { procedure, choose, deploy, command } = quickSteps(runbook);
  if (journal.state.procedureId !== procedure.id) {
    await take({ kind: 'choose-procedure', procedureId: procedure.id, reason: 'quick rollback' });
  }
  await take({ kind: 'run-reads', stepId: choose.id });
  mustBeAWayBack(journal.state, version, evenIfBad);
  await take({ kind: 'choose-release', stepId: choose.id, version, immediate });
  await take({ kind: 'run-change', stepId: deploy.id, commandId: command.id });
}
