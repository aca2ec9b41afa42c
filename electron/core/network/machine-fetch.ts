/** `fetch` that goes the engineer's way (way-out.ts); Node's own knows neither the proxy nor the system's certificates. */
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { IN_THE_WAY, inTheWay, PROXY_LOGIN } from './unreached.ts';
import type { WayOut } from './way-out.ts';

/** More redirects than any status page has. */
const MOST_REDIRECTS = 5;
/** Answers that have no body. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);

interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect?: 'follow' | 'error' | 'manual';
  readonly signal?: AbortSignal;
}

export type Fetch = (address: string | URL, question?: Question) => Promise<Response>;

/** As `fetch`: rejects with a TypeError whose `cause` is the error of the connection (code IN_THE_WAY: unreached.ts), or with the reason of the signal. */
export function machineFetch(out: WayOut): Fetch {
  return async (address, question = {}) => {
    let target = new URL(address);
    for (let left = MOST_REDIRECTS; ; left -= 1) {
      const { message, throughProxy } = await asked(target, question, out);
      const status = message.statusCode ?? 0;
      if (status === 407 && throughProxy) throw failed(message, obstacle(PROXY_LOGIN));
      const next = status >= 300 && status < 400 ? message.headers.location : undefined;
      if (next === undefined || question.redirect === 'manual') return responseOf(message, status, question.signal);
      if (question.redirect === 'error' || left === 0) throw failed(message, new Error('it was redirected'));
      message.destroy();
      target = new URL(next, target);
    }
  };
}

function obstacle(what: string): Error;
function obstacle(what: string | null): Error | null;
function obstacle(what: string | null): Error | null {
  return what === null ? null : Object.assign(new Error(what), { code: IN_THE_WAY });
}

function failed(message: IncomingMessage, cause: Error): Error {
  message.destroy();
  return new TypeError('fetch failed', { cause });
}

function asked(
  target: URL,
  { method = 'GET', headers = {}, body, signal }: Question,
  out: WayOut,
): Promise<{ readonly message: IncomingMessage; readonly throughProxy: boolean }> {
  return new Promise((resolve, reject) => {
    const way = out(target);
    const options = { ...way.options, method, headers: { ...headers, connection: 'close' }, signal };
    const request = (target.protocol === 'http:' ? httpRequest : httpsRequest)(target, options, (message) =>
      resolve({ message, throughProxy: way.throughProxy }),
    );
    request.on('error', (cause) =>
      reject(
        signal?.aborted === true
          ? signal.reason
          : new TypeError('fetch failed', { cause: obstacle(inTheWay(cause)) ?? cause }),
      ),
    );
    request.end(body);
  });
}

function responseOf(message: IncomingMessage, status: number, signal: AbortSignal | undefined): Response {
  const headers = Object.entries(message.headers).map(([name, value]): [string, string] => [name, String(value)]);
  if (EMPTY.has(status)) message.resume();
  const body = EMPTY.has(status) ? null : (Readable.toWeb(Readable.from(bytesOf(message, signal))) as ReadableStream);
  return new Response(body, { status, headers });
}

async function* bytesOf(message: IncomingMessage, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  try {
    yield* message;
  } catch (thrown) {
    throw signal?.aborted === true ? signal.reason : thrown;
  }
}
