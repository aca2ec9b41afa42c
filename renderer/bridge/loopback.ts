/** The bridge of a window in a browser: a WebSocket to the loopback host, reopened when the connection is lost. */
import type { Bridge } from '#shared/api/bridge.ts';
import { type Failure, fail, type Result } from '#shared/api/result.ts';
import { CLOSE, type Greeting, type HostFrame } from '#shared/api/wire.ts';
import { admission, OLD_SESSION } from './admission.ts';
import type { Place, Socket } from './place.ts';
import type { Push, PushName, Pushes } from '#shared/api/pushes.ts';

/**
 * Calls wait for the first connection. Later, a call without a connection fails at once, because the state it was meant
 * for may have changed by the time the connection is back.
 */
type State =
  | { readonly kind: 'starting' }
  | { readonly kind: 'connected'; readonly socket: Socket }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused'; readonly failure: Failure };

const LOST: Failure = {
  code: 'environment',
  message: 'The connection to Rollbook is lost.',
  advice:
    'This window tries again by itself. If Rollbook was ended in its terminal, start it there again (`rollbook serve` or `npm start`) and open the new link that it prints: this window does not find the new one.',
};

/** Why there is no connection; null while connected and before the first connection. */
function whyNot(state: State): Failure | null {
  if (state.kind === 'refused') return state.failure;
  return state.kind === 'lost' ? LOST : null;
}

/** Delay before attempt number `tries` (from 1), in ms: short at first, then five seconds without an end. */
export const waitBefore = (tries: number): number => Math.min(5_000, 100 * 2 ** (tries - 1));

/** After this many failed attempts at the first connection, waiting calls fail. */
const PATIENT_TRIES = 4;

interface Waiting {
  readonly text: string;
  readonly resolve: (result: Result<unknown>) => void;
}

export function connectLoopback(place: Place): Bridge {
  const pushes = new PushListeners();
  const connections = new Set<(connected: boolean, why: Failure | null) => void>();
  const waiting = new Map<number, Waiting>();
  let token = place.takeToken();
  let state: State = { kind: 'starting' };
  let tries = 0;
  let calls = 0;

  const enter = (next: State): void => {
    const changed = state.kind !== next.kind;
    state = next;
    const why = whyNot(state);
    if (why !== null) failAll(why);
    if (changed) for (const listener of [...connections]) listener(next.kind === 'connected', why);
  };

  const failAll = (failure: Failure): void => {
    const all = [...waiting.values()];
    waiting.clear();
    for (const call of all) call.resolve(fail(failure));
  };

  const again = (): void => {
    tries += 1;
    if (state.kind === 'connected' || tries >= PATIENT_TRIES) enter({ kind: 'lost' });
    place.after(waitBefore(tries), () => void connect());
  };

  const connect = async (): Promise<void> => {
    const admitted = await admission(place, token);
    if (admitted.kind === 'unreachable') return again();
    token = null;
    if (admitted.kind === 'refused') return enter({ kind: 'refused', failure: admitted.failure });
    const socket = place.openSocket();
    socket.onopen = () => socket.send(JSON.stringify({ secret: admitted.secret } satisfies Greeting));
    socket.onmessage = ({ data }) => receive(socket, JSON.parse(String(data)) as HostFrame);
    socket.onclose = ({ code }) => {
      if (code !== CLOSE.unknownSession) return again();
      place.secret.forget();
      enter({ kind: 'refused', failure: OLD_SESSION });
    };
  };

  const receive = (socket: Socket, frame: HostFrame): void => {
    if ('push' in frame) pushes.tell(frame.push);
    else if ('ready' in frame) {
      tries = 0;
      // Waiting calls are sent before the listeners learn of the connection.
      for (const call of waiting.values()) socket.send(call.text);
      enter({ kind: 'connected', socket });
    } else {
      waiting.get(frame.id)?.resolve(frame.result);
      waiting.delete(frame.id);
    }
  };

  void connect();

  return {
    call: (name, args) =>
      new Promise((resolve) => {
        const why = whyNot(state);
        if (why !== null) return resolve(fail(why));
        const id = (calls += 1);
        const text = JSON.stringify({ id, call: name, args });
        // The core's answer has the type that the API gives to this call.
        waiting.set(id, { text, resolve: resolve as (result: Result<unknown>) => void });
        if (state.kind === 'connected') state.socket.send(text);
      }),
    on: (name, listener) => pushes.add(name, listener),
    onConnection(listener) {
      const entry: typeof listener = (connected, why) => listener(connected, why);
      connections.add(entry);
      entry(state.kind === 'connected', whyNot(state));
      return () => void connections.delete(entry);
    },
  };
}

export class PushListeners {
  #sets = new Map<PushName, Set<(payload: never) => void>>();

  /** Returns the function that removes the listener. */
  add<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void {
    // A new object, so that the same function can be added twice and removed once.
    const entry = (payload: never): void => listener(payload);
    const set = this.#sets.get(name) ?? new Set();
    this.#sets.set(name, set.add(entry));
    return () => void set.delete(entry);
  }

  tell(push: Push): void {
    for (const listener of [...(this.#sets.get(push.name) ?? [])]) listener(push.payload as never);
  }
}
