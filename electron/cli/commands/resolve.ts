/** `rollbook resolve`: ends an incident or drill as it stands, with a reason. */
import { incidentOutcome, outcomeText } from '#shared/incident/incident-outcome.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import { actOnce } from '../act.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';
import { invocation } from '../invocation.ts';

/** Codes: `bad-arguments` (no reason), `not-found`, `lease-held`, `not-allowed` (resolved already, handed over). */
export async function resolveAsItIs(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  why: string,
  json: boolean,
): Promise<ExitCode> {
  if (why.trim() === '')
    throw new RollbookError(
      'bad-arguments',
      'The reason is empty.',
      `Write: ${invocation()} resolve ${incidentId} "why".`,
    );
  const incident = await core.services.incidents.open(incidentId);
  const { eventLog, runbook } = incident.context;
  const intent = { kind: 'resolve', summary: why.trim() } as const;
  await actOnce(incident, intent, core.services);
  const outcome = incidentOutcome(eventLog.state, runbook);
  print(terminal, json, { incidentId, resolved: true, outcome }, () =>
    [
      `Resolved as it is: ${outcomeText(eventLog.state, runbook)}.`,
      `Report: ${invocation()} export ${incidentId}`,
    ].join('\n'),
  );
  return EXIT.ok;
}
