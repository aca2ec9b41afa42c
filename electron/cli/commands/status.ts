/** `rollbook status`: the state of an incident in words, for whoever asks; --post posts it to Slack. */
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { STATUS_NOW, statusNow } from '#shared/incident/messages.ts';
import { LEFT_AS, leftAs } from '#shared/drills/left-as.ts';
import { toFailure } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import { clockTime } from '#shared/words/clock-time.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { sayNotVerifying, sayWaitingIn } from '../warnings.ts';
import { print, type Terminal } from '../terminal.ts';

/** Exit 3 when it could not be posted. Codes: `not-found`; `lease-held` with --post. */
export async function status(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  { post, json }: { readonly post: boolean; readonly json: boolean },
): Promise<ExitCode> {
  // Read before the incident is opened: posting takes its lease.
  const left = leftAs(core.services.incidents.summary(incidentId));
  const incident = await core.services.incidents.open(incidentId);
  const { eventLog, runbook } = incident.context;
  const text = statusNow(eventLog.state, runbook, { now: eventLog.now(), clock: clockTime });
  const before = eventLog.state.seq;
  const refused = post ? await postStatus(incident, core.services, text) : [];
  const later = eventLog.eventsAfter(before);
  const sent = later.some((event) => event.kind === 'message.sent');
  const failed = [
    ...refused,
    ...later.flatMap((event) => (event.kind === 'message.failed' ? (event.payload?.why ?? '') : [])),
  ];
  const shown = left === null ? text : `${text}\n${LEFT_AS[left]}`;
  print(terminal, json, { incidentId, text, sent, failed: failed[0] ?? null, left }, () => shown);
  if (!json && failed[0] !== undefined) terminal.err(`rollbook: ${failed[0]}\n`);
  sayWaitingIn(terminal, core, [incidentId]);
  // The whole chain is verified: the state is made from every event.
  const { problem } = core.services.store.verify(incidentId);
  if (problem !== undefined) sayNotVerifying(terminal, incidentId, problem);
  return post && !sent ? EXIT.environment : EXIT.ok;
}

/** Posts the text. Answers why it was refused before it was sent, such as without a channel. */
async function postStatus(
  incident: OpenIncident,
  { operator, newId }: OpenCore['services'],
  text: string,
): Promise<readonly string[]> {
  const intent = { kind: 'post-message', messageId: STATUS_NOW.id, text } as const;
  try {
    await incident.act(intent, operator, newId(), incident.context.eventLog.state.seq);
  } catch (thrown) {
    const { code, message, advice = '' } = toFailure(thrown);
    if (code === 'not-allowed') return [`${message} ${advice}`.trim()];
    throw thrown;
  }
  await incident.settled();
  return [];
}
