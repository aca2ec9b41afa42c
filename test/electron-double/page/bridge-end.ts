/**
 * One end of the context bridge: values are copied, functions and promises get proxies. The two ends are worlds
 * of one document and share only its nodes, so they communicate by events with a secret name, whose
 * details Chromium clones synchronously. No imports: the source is run in both worlds.
 */
export function bridgeEnd(ownEvent: string, otherEvent: string) {
  // Saved before any script of the page can replace them.
  const { document: shared, CustomEvent: Carrier, Promise: Later, structuredClone: clone } = globalThis;
  const dispatch = shared.dispatchEvent.bind(shared);
  const given = new Map<number, (...args: unknown[]) => unknown>();
  const promised = new Map<number, { resolve: (value: unknown) => void; reject: (thrown: unknown) => void }>();
  const answers = new Map<number, { ok: boolean; value: unknown }>();
  let ids = 0;

  const send = (message: object): void => void dispatch(new Carrier(otherEvent, { detail: message }));

  /** Electron refuses values that are nested deeper. */
  const MOST_DEPTH = 1_000;

  function pack(value: unknown, depth = 0, above: readonly object[] = []): unknown {
    if (depth > MOST_DEPTH) throw new TypeError('Electron contextBridge recursion depth exceeded.');
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value === 'function') {
      const id = (ids += 1);
      given.set(id, value as (...args: unknown[]) => unknown);
      return { kind: 'function', id };
    }
    if (typeof value !== 'object' || value === null) return { kind: 'value', value };
    if (above.includes(value)) throw new TypeError('Electron contextBridge recursion depth exceeded.');
    const inside = [...above, value];
    if (value instanceof Later) {
      const id = (ids += 1);
      value.then(
        (result) => send({ kind: 'settled', id, ok: true, value: pack(result) }),
        (thrown: unknown) => send({ kind: 'settled', id, ok: false, value: messageOf(thrown) }),
      );
      return { kind: 'promise', id };
    }
    if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => pack(item, depth + 1, inside)) };
    if (value instanceof Error) return { kind: 'error', message: value.message };
    const name = Object.prototype.toString.call(value);
    if (name !== '[object Object]') return { kind: 'value', value: clone(value) };
    // Own properties only: an instance arrives without its prototype.
    return {
      kind: 'object',
      entries: Object.entries(value).map(([key, item]) => [key, pack(item, depth + 1, inside)]),
    };
  }

  function unpack(packed: unknown, frozen = false): unknown {
    const { kind, ...rest } = packed as { kind: string } & Record<string, never>;
    const settle = <T>(value: T): T => (frozen ? Object.freeze(value) : value);
    switch (kind) {
      case 'function':
        return settle((...args: unknown[]) => callOther(rest['id'] as unknown as number, args));
      case 'promise':
        return new Later((resolve, reject) => promised.set(rest['id'] as unknown as number, { resolve, reject }));
      case 'array':
        return settle((rest['items'] as unknown as unknown[]).map((item) => unpack(item, frozen)));
      case 'error':
        return settle(new Error(rest['message']));
      case 'object': {
        const object: Record<string, unknown> = {};
        for (const [key, item] of rest['entries'] as unknown as [string, unknown][]) {
          Object.defineProperty(object, key, {
            value: unpack(item, frozen),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return settle(object);
      }
      default:
        return rest['value'];
    }
  }

  function callOther(id: number, args: unknown[]): unknown {
    const call = (ids += 1);
    send({ kind: 'call', id, call, args: args.map((arg) => pack(arg)) });
    const answer = answers.get(call);
    answers.delete(call);
    if (answer === undefined) throw new Error('The other world of this document did not answer.');
    if (!answer.ok) throw new Error(String(answer.value));
    return unpack(answer.value);
  }

  const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

  function answerCall(id: number, call: number, args: unknown[]): void {
    try {
      const value = pack(given.get(id)?.(...args.map((arg) => unpack(arg))));
      send({ kind: 'answer', call, ok: true, value });
    } catch (thrown) {
      send({ kind: 'answer', call, ok: false, value: messageOf(thrown) });
    }
  }

  shared.addEventListener(ownEvent, (event) => {
    const message = (event as CustomEvent<Record<string, never>>).detail;
    const { kind, id, call, ok, args, value, name } = message as unknown as {
      kind: string;
      id: number;
      call: number;
      ok: boolean;
      args: unknown[];
      value: unknown;
      name: string;
    };
    if (kind === 'call') answerCall(id, call, args);
    else if (kind === 'answer') answers.set(call, { ok, value });
    else if (kind === 'settled' && ok) promised.get(id)?.resolve(unpack(value));
    else if (kind === 'settled') promised.get(id)?.reject(new Error(String(value)));
    else if (kind === 'expose') {
      // As in Electron: present before the first script, and cannot be changed or removed.
      Object.defineProperty(globalThis, name, { value: unpack(value, true), enumerable: true });
    }
  });
  return { pack, send };
}
