/** Admits only requests from a page that this host served. Everything is compared as exact text. */
import type { IncomingMessage } from 'node:http';

export interface Address {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `ws://127.0.0.1:PORT` */
  readonly socket: string;
}

export const addressOf = (port: number): Address => ({
  host: `127.0.0.1:${port}`,
  origin: `http://127.0.0.1:${port}`,
  socket: `ws://127.0.0.1:${port}`,
});

/** Exactly one Host header, and it is ours: a name rebound to 127.0.0.1 belongs to another site's page. */
export function hostIsOurs(request: IncomingMessage, address: Address): boolean {
  const hosts = request.headersDistinct.host ?? [];
  return hosts.length === 1 && hosts[0] === address.host;
}

/** Exactly one Origin header, and it is ours. None, `null` (file:, sandboxed frames) and foreign ones are refused. */
export function originIsOurs(request: IncomingMessage, address: Address): boolean {
  const origins = request.headersDistinct.origin ?? [];
  return origins.length === 1 && origins[0] === address.origin;
}

/** The request's path without its query, still encoded; null for anything but a plain path (`*`, absolute URLs). */
export function pathOf(request: IncomingMessage): string | null {
  const target = request.url ?? '';
  if (!target.startsWith('/')) return null;
  return target.split(/[?#]/u, 1)[0] ?? null;
}
