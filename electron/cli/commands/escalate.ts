/** `rollbook escalate`: whom to call, and what came of it, without a window. */
import { escalationChain, nextInChain } from '#shared/runbook/escalation.ts';
import type { OpenCore } from '#core/core.ts';
import { actOnce } from '../act.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { sayWaitingIn } from '../warnings.ts';

export interface EscalateOptions {
  /** Phone, Slack, ... */
  readonly how: string;
  readonly said: string;
  readonly reached: boolean;
  readonly json: boolean;
}

/** Without `who` it only shows the chain. Codes: `not-found`, `lease-held`, `not-allowed` (closed). */
export async function escalate(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  who: string | undefined,
  { how, said, reached, json }: EscalateOptions,
): Promise<ExitCode> {
  const incident = await core.services.incidents.open(incidentId);
  const { eventLog, runbook } = incident.context;
  if (who !== undefined) {
    const intent = { kind: 'log-escalation', who, how, reached, words: said } as const;
    await actOnce(incident, intent, core.services);
  }
  const chain = escalationChain(runbook);
  const calls = eventLog.state.escalations;
  const next = nextInChain(chain, calls);
  sayWaitingIn(terminal, core, [incidentId]);
  print(terminal, json, { incidentId, chain, calls, next }, () =>
    [
      chain.length === 0 ? 'The runbook names no escalation chain.' : `Chain: ${chain.join(', then ')}`,
      ...(calls.length === 0
        ? []
        : [
            columns(
              calls.map((call) => [
                `  ${new Date(call.at).toISOString().slice(11, 16)} UTC`,
                call.who,
                call.how,
                call.reached ? 'reached' : 'not reached',
                call.words,
              ]),
            ),
          ]),
      next === null ? '' : `Next: ${next}`,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  );
  return EXIT.ok;
}
