/** The WebSocket of one window: the greeting admits it, then calls come in, and results and pushes go out in order. */
import type { RawData, WebSocket } from 'ws';
import type { Connection, Core } from '#core/connection.ts';
import { type Result, toFailure } from '#shared/api/result.ts';
import { CLOSE, type CallFrame, type HostFrame } from '#shared/api/wire.ts';
import type { LoopbackLimits } from './limits.ts';
import type { Sessions } from './sessions.ts';

export interface WindowParts {
  readonly core: Core;
  readonly sessions: Sessions;
  readonly limits: LoopbackLimits;
  /** The address of a one-time link for another window. */
  readonly newLink: () => Promise<string>;
  /** Called when the window is admitted, and when an admitted one is gone. */
  readonly onAdmitted: () => void;
  readonly onGone: () => void;
}

/** Speaks the protocol of shared/api/wire.ts on `socket` until it closes. */
export function attachWindow(socket: WebSocket, parts: WindowParts): void {
  const { core, sessions, limits } = parts;
  let connection: Connection | null = null;
  let inFlight = 0;
  const tooLate = setTimeout(() => socket.close(CLOSE.late, 'no greeting'), limits.greetingMs);

  /**
   * Nothing is left out and nothing overtakes: a window that does not read is cut off instead, everything later is
   * dropped, and it replays from the store when it connects again.
   */
  const send = (frame: HostFrame): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(frame), () => undefined);
    if (socket.bufferedAmount > limits.waitingBytes) socket.terminate();
  };

  const greet = (data: RawData): void => {
    clearTimeout(tooLate);
    if (!sessions.accepts(secretOf(data))) {
      socket.close(CLOSE.unknownSession, 'unknown session');
      return;
    }
    connection = core.connect((push) => send({ push }), { newLink: parts.newLink });
    parts.onAdmitted();
    send({ ready: true });
  };

  const answerCall = async (frame: CallFrame, to: Connection): Promise<void> => {
    inFlight += 1;
    const result = inFlight > limits.callsInFlight ? tooMany(limits.callsInFlight) : await callSafely(to, frame);
    inFlight -= 1;
    send({ id: frame.id, result });
  };

  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    const frame = isBinary || connection === null ? null : callFrameOf(data);
    if (isBinary) socket.close(CLOSE.unreadable, 'text only');
    else if (connection === null) greet(data);
    else if (frame === null) socket.close(CLOSE.unreadable, 'not a call');
    else void answerCall(frame, connection);
  });
  // An oversized or malformed frame; ws closes the socket itself.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearTimeout(tooLate);
    if (connection === null) return;
    connection.close();
    parts.onGone();
  });
}

/** The core promises not to reject; a fault there must still not take the host down or leave a window waiting. */
async function callSafely(connection: Connection, frame: CallFrame): Promise<Result<unknown>> {
  try {
    const result = await connection.call(frame.call, frame.args);
    JSON.stringify(result);
    return result;
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown) };
  }
}

const tooMany = (limit: number): Result<never> => ({
  ok: false,
  error: {
    code: 'environment',
    message: `This window waits for ${limit} answers already.`,
    advice: 'Wait a moment and try again; if it stays so, reload the window.',
  },
});

function secretOf(data: RawData): string {
  const value = parsed(data);
  return typeof value === 'object' && value !== null && 'secret' in value && typeof value.secret === 'string'
    ? value.secret
    : '';
}

function callFrameOf(data: RawData): CallFrame | null {
  const value = parsed(data);
  if (typeof value !== 'object' || value === null) return null;
  if (!('id' in value) || typeof value.id !== 'number') return null;
  if (!('call' in value) || typeof value.call !== 'string') return null;
  return { id: value.id, call: value.call, args: 'args' in value ? value.args : {} };
}

function parsed(data: RawData): unknown {
  try {
    // ws hands text frames over as one Buffer unless told otherwise.
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return null;
  }
}
