/** The symptom probe as it is written into the declaration. */
import type { CallArgs } from '#shared/contract/calls.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { probeProblem } from '#shared/incident/symptom-probe.ts';
import type { Runbook } from '#shared/runbook/model.ts';

/** Nothing where none was chosen. Code: `bad-arguments` (neither declared nor https, or a secret in it). */
export function chosenProbe(
  model: Runbook,
  { service, probe = '' }: CallArgs<'incident.declare'>,
  redact: (text: string) => string,
): Pick<PayloadOf<'incident.declared'>, 'symptomProbe'> {
  const problem = probeProblem(model, service, probe);
  if (problem !== null) {
    throw new RollbookError('bad-arguments', problem, 'Give a health address of the runbook, or an https address.');
  }
  if (redact(probe) !== probe) {
    const advice = 'Give an address without it: the address is written down.';
    throw new RollbookError('bad-arguments', 'The symptom probe contains a secret.', advice);
  }
  return probe === '' ? {} : { symptomProbe: { kind: 'address', url: probe } };
}
