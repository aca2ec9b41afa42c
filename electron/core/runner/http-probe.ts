/** One plain GET, like a customer's first request: a new connection, no redirects, no cache. */

import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { StringDecoder } from 'node:string_decoder';

import { PROXY_LOGIN, whyUnreached } from '#core/network/unreached.ts';
import { type Way, type WayOut, wayOut } from '#core/network/way-out.ts';
import type { Clock, HttpProbe, ProbeAnswer } from '../ports.ts';

const BODY_MAX = 4_096;

type Asked =
  | Pick<Extract<ProbeAnswer, { readonly kind: 'answer' }>, 'kind' | 'status' | 'body' | 'headers'>
  | Unanswered;
type Unanswered = Pick<Extract<ProbeAnswer, { readonly kind: 'no-answer' }>, 'kind' | 'reason'>;

/**
 * `get` never rejects. The limit covers everything from the name lookup to the end of the body, or its first 4,096
 * characters. `out`: how addresses are reached; directly by default.
 */
export function httpProbe(clock: Clock, out: WayOut = wayOut({})): HttpProbe {
  return {
    async get(url, timeoutMs) {
      const began = clock.monotonic();
      const over = new AbortController();
      const late = clock
        .sleep(timeoutMs, over.signal)
        .then((): Unanswered => ({ kind: 'no-answer', reason: `no answer within ${timeoutMs} ms` }));
      const first = await Promise.race([ask(url, out, over.signal), late]);
      const ms = Math.round(clock.monotonic() - began);
      over.abort();
      return { ...first, ms };
    },
  };
}

async function ask(url: string, out: WayOut, signal: AbortSignal): Promise<Asked> {
  let way: Way | null = null;
  try {
    const target = new URL(url);
    way = out(target);
    const { status, body, headers } = await answerOf(target, way, signal);
    if (status === 407 && way.throughProxy) return { kind: 'no-answer', reason: PROXY_LOGIN };
    return { kind: 'answer', status, body, headers };
  } catch (thrown) {
    return { kind: 'no-answer', reason: whyUnreached(thrown, way?.throughProxy ?? false) };
  }
}

interface Heard {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function answerOf(target: URL, way: Way, signal: AbortSignal): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const options = {
      ...way.options,
      signal,
      headers: { accept: '*/*', 'cache-control': 'no-cache', connection: 'close', 'user-agent': 'Rollbook' },
    };
    const read = (response: IncomingMessage): void => {
      const decoder = new StringDecoder('utf8');
      let body = '';
      const headers = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
      );
      const finish = (): void => resolve({ status: response.statusCode ?? 0, body: body.slice(0, BODY_MAX), headers });
      response.on('data', (bytes: Buffer) => {
        body += decoder.write(bytes);
        if (body.length >= BODY_MAX) finish();
      });
      response.on('end', finish);
      response.on('error', reject);
    };
    (target.protocol === 'http:' ? httpRequest : httpsRequest)(target, options, read).on('error', reject).end();
  });
}
