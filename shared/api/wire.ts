/** The WebSocket protocol between a window and the loopback host: one JSON object per frame. */
import type { Push } from './pushes.ts';
import type { Result } from './result.ts';

/** Path of the WebSocket, and of the request that exchanges a one-time token for a session secret. */
export const SOCKET_PATH = '/socket';
export const SESSION_PATH = '/session';

/**
 * One-time link: `http://127.0.0.1:PORT/#token=...`, with `&/incident/ID` to open that incident. A fragment is never
 * sent, logged or in a Referer.
 */
export const TOKEN_FRAGMENT = '#token=';

/** The first frame of a window; nothing is answered before it. */
export interface Greeting {
  readonly secret: string;
}

/** Every later frame of a window. The window chooses `id`; the result carries it back. */
export interface CallFrame {
  readonly id: number;
  readonly call: string;
  readonly args: unknown;
}

/** What the host sends: the greeting was accepted, a call's result, or a push of the core. */
export type HostFrame =
  | { readonly ready: true }
  | { readonly id: number; readonly result: Result<unknown> }
  | { readonly push: Push };

/** Why the host closed a socket (WebSocket close codes; 4000 to 4999 are free for applications). */
export const CLOSE = {
  /** The host is ending. */
  ending: 1001,
  /** A frame that is not in the protocol. */
  unreadable: 1008,
  /** The host does not know the secret: connecting again is useless. */
  unknownSession: 4401,
  /** No greeting in time, for example from a window that was asleep; it may try again. */
  late: 4408,
} as const;
