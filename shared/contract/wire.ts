/** What travels over the WebSocket between a window and the loopback host. Everything is one JSON object a frame. */
import type { Push } from './pushes.ts';
import type { Result } from './result.ts';

/** Path of the WebSocket and of the exchange of a one-time token for a session secret. */
export const SOCKET_PATH = '/socket';
export const SESSION_PATH = '/session';

/** Fragment of a one-time link: `http://127.0.0.1:PORT/#token=...`, with `&/incident/ID` to lead there. A fragment is in no request, log or Referer. */
export const TOKEN_FRAGMENT = '#token=';

/** The first frame of a window. Without it nothing else is answered. */
export interface Greeting {
  readonly secret: string;
}

/** Every later frame of a window. `id` is chosen by the window and comes back with the result. */
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
  /** A secret this host does not know: connecting again is no use. */
  unknownSession: 4401,
  /** No greeting in time; a window that was asleep may try again. */
  late: 4408,
} as const;
