/** One plain GET, like a customer's first request: a new connection, no redirects, no cache. */

import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { StringDecoder } from 'node:string_decoder';

import type { Clock, HttpProbe, ProbeAnswer } from '../ports.ts';

const BODY_MAX = 4_096;

/** Reasons in plain English; other errors are shown as the system says them. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved (no answer from DNS)',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  ETIMEDOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
};

/** `get` never rejects. The limit covers everything from the name lookup to the end of the body, or its first 4,096 characters. */
export function httpProbe(clock: Clock): HttpProbe {
  return {
    async get(url, timeoutMs) {
      const began = clock.monotonic();
      const ms = (): number => Math.round(clock.monotonic() - began);
      const over = new AbortController();
      const late = clock
        .sleep(timeoutMs, over.signal)
        .then((): ProbeAnswer => ({ kind: 'no-answer', reason: `no answer within ${timeoutMs} ms`, ms: ms() }));
      const answer = ask(url, over.signal).then(
        ({ status, body, headers }): ProbeAnswer => ({ kind: 'answer', status, ms: ms(), body, headers }),
        (thrown: unknown): ProbeAnswer => ({ kind: 'no-answer', reason: reasonOf(thrown), ms: ms() }),
      );
      const first = await Promise.race([answer, late]);
      over.abort();
      return first;
    },
  };
}

interface Heard {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function ask(url: string, signal: AbortSignal): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const options = {
      agent: false as const,
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
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      throw new Error(`${target.protocol} is not an address of a web page`);
    (target.protocol === 'http:' ? httpRequest : httpsRequest)(target, options, read).on('error', reject).end();
  });
}

function reasonOf(thrown: unknown): string {
  // Several addresses were tried: the first failure is reported.
  const error: unknown = thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown;
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && typeof error.code === 'string' ? REASONS[error.code] : undefined) ?? error.message;
}
