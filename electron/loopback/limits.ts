/** Everything the loopback host refuses to do without end, in one table. Tests make single ones small. */

export interface LoopbackLimits {
  /** Body of POST /session, bytes. */
  readonly bodyBytes: number;
  /** Request line and headers together, bytes. */
  readonly headerBytes: number;
  /** One WebSocket frame of a window, bytes. */
  readonly frameBytes: number;
  /** Bytes waiting in a socket for a window that does not read; past it the socket is closed. */
  readonly waitingBytes: number;
  /** Calls of one window that are not answered yet. */
  readonly callsInFlight: number;
  /** Time for the first WebSocket message, ms. */
  readonly greetingMs: number;
  /** Time for a request's headers, and for all of it, ms. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often headersMs and requestMs are checked, ms. */
  readonly checkMs: number;
  /** TCP connections at a time. */
  readonly connections: number;
  /** One-time links that wait to be used; a further one makes the oldest useless. */
  readonly links: number;
}

export const LIMITS: LoopbackLimits = {
  bodyBytes: 64 * 1024,
  headerBytes: 16 * 1024,
  frameBytes: 2 * 1024 * 1024,
  waitingBytes: 8 * 1024 * 1024,
  callsInFlight: 256,
  greetingMs: 5_000,
  headersMs: 5_000,
  requestMs: 10_000,
  checkMs: 1_000,
  connections: 64,
  links: 16,
};
