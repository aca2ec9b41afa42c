/**
 * Slack's incoming webhooks: one POST of `{"text": ...}`, answered 200 "ok" (api.slack.com/messaging/webhooks). The
 * address is a secret: it is in no event, log, report or error message, so errors contain only Slack's answer.
 */
import { RollbookError } from '#shared/api/result.ts';
import { type Fetch, machineFetch } from '#core/network/machine-fetch.ts';
import { wayOut } from '#core/network/way-out.ts';
import { IN_THE_WAY } from '#core/network/unreached.ts';

const LIMIT_MS = 10_000;
/** Longer texts are cut by Slack itself. */
const MAX_CHARS = 40_000;

/** What to do about each error that Slack answers with. */
const ADVICE: Readonly<Record<string, string>> = {
  no_service: 'The webhook was removed or disabled: make a new one in Slack.',
  no_team: 'The webhook belongs to a workspace that is gone: make a new one.',
  invalid_token: 'The webhook is not valid any more: make a new one in Slack.',
  channel_not_found: 'Its channel is gone: make a webhook for another one.',
  channel_is_archived: 'Its channel is archived: make a webhook for another one.',
  posting_to_general_channel_denied: 'Posting to that channel is not allowed for apps: choose another one.',
  action_prohibited: 'The workspace does not let this webhook post: ask its administrator.',
};

/** Codes: `environment` (not reached, not in time, refused); nothing is tried a second time. */
export async function postToSlack(webhook: URL, text: string, send: Fetch = machineFetch(wayOut({}))): Promise<void> {
  const response = await send(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ text: escaped(text).slice(0, MAX_CHARS) }),
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch((thrown: unknown) => {
    throw failed(`Slack was not reached: ${reasonOf(thrown)}.`, 'Copy the text and send it yourself.');
  });
  const said = (await response.text().catch(() => '')).trim().slice(0, 80);
  if (response.ok) return;
  const word = /^[a-z_]+$/.test(said) ? said : `HTTP ${response.status}`;
  throw failed(`Slack refused the message: ${word}.`, ADVICE[word] ?? 'Copy the text and send it yourself.');
}

const failed = (message: string, advice: string): RollbookError => new RollbookError('environment', message, advice);

/** Slack's three control characters: a title with `<!channel>` in it must not wake everybody. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A code such as ECONNREFUSED: whole messages of the network may hold the address. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return `no answer within ${LIMIT_MS / 1_000} s`;
  const cause =
    thrown instanceof Error
      ? (thrown.cause as { readonly code?: unknown; readonly message?: string } | undefined)
      : undefined;
  if (cause?.code === IN_THE_WAY && cause.message !== undefined) return cause.message;
  return typeof cause?.code === 'string' && /^[A-Z_]+$/.test(cause.code) ? cause.code : 'the connection failed';
}
