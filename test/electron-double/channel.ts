/**
 * Calls in both directions between the process of the main bundle and the one that owns Chromium. Node's `advanced`
 * serialization is the structured clone algorithm's own format, so what cannot be cloned cannot cross, as in Electron.
 */

export interface Pipe {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Names of calls with the shape of their handlers. */
type Calls = object;

type Handlers<T extends Calls> = { [N in keyof T]: T[N] };

export interface Channel<Theirs extends Calls> {
  /** Rejects with the error of the other side, or when it has ended. */
  call<N extends keyof Theirs & string>(
    name: N,
    ...args: Theirs[N] extends (...args: infer A) => unknown ? A : never
  ): Promise<Theirs[N] extends (...args: never[]) => infer R ? Awaited<R> : never>;
  /** Rejects all waiting calls. */
  end(): void;
}

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: boolean; readonly value: unknown };

export function openChannel<Ours extends Calls, Theirs extends Calls>(
  pipe: Pipe,
  handlers: Handlers<Ours>,
): Channel<Theirs> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  let ended = false;

  const answer = async (id: number, name: string, args: readonly unknown[]): Promise<void> => {
    const reply = (ok: boolean, value: unknown): void => {
      if (!ended) pipe.send({ kind: 'answer', id, ok, value });
    };
    try {
      const handler = (handlers as Record<string, (...args: readonly unknown[]) => unknown>)[name];
      if (handler === undefined) throw new Error(`The double has no message "${name}".`);
      reply(true, await handler(...args));
    } catch (thrown) {
      reply(false, thrown instanceof Error ? thrown.message : String(thrown));
    }
  };

  pipe.onMessage((received) => {
    const message = received as Message;
    if (message.kind === 'call') {
      void answer(message.id, message.name, message.args);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(message.value);
    else call?.reject(new Error(String(message.value)));
  });

  return {
    call(name, ...args) {
      const call = Promise.withResolvers<unknown>();
      if (ended) call.reject(new Error('The other process of the double is gone.'));
      else {
        const id = (calls += 1);
        waiting.set(id, call);
        pipe.send({ kind: 'call', id, name, args });
      }
      return call.promise as never;
    },
    end() {
      ended = true;
      for (const call of waiting.values()) call.reject(new Error('The other process of the double is gone.'));
      waiting.clear();
    },
  };
}
