/** Every byte the host answers with over HTTP goes out through here, so that no answer lacks the security headers. */
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Failure } from '#shared/api/result.ts';
import { windowHeaders } from '#core/window/security-headers.ts';
import type { Address } from './gate.ts';

/** The headers of every answer of this host. */
const securityHeaders = (address: Address): Readonly<Record<string, string>> =>
  windowHeaders(["'self'", address.socket]);

export interface Body {
  readonly type: string;
  readonly bytes: Buffer;
}

export const text = (words: string): Body => ({ type: 'text/plain; charset=utf-8', bytes: Buffer.from(`${words}\n`) });

export const json = (value: { readonly secret: string } | { readonly error: Failure }): Body => ({
  type: 'application/json; charset=utf-8',
  bytes: Buffer.from(JSON.stringify(value)),
});

/** Answers a request. `extra` headers win; a HEAD request gets the same headers and no body. */
export function answer(
  response: ServerResponse,
  address: Address,
  status: number,
  body: Body,
  extra: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...securityHeaders(address),
    'Content-Type': body.type,
    'Content-Length': String(body.bytes.length),
    ...extra,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body.bytes);
}

/** Answers where there is no response object (a refused upgrade, an unreadable request) and ends the connection. */
export function answerRaw(socket: Duplex, address: Address, status: number, words: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = text(words);
  const headers = {
    ...securityHeaders(address),
    'Content-Type': body.type,
    'Content-Length': String(body.bytes.length),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  // A peer that has already gone is not an error.
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body.bytes.toString()}`,
    () => socket.destroy(),
  );
}
