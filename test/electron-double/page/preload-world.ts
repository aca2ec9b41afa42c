/**
 * The globals of a sandboxed preload: a `require` for a few names, a little of `process`, no Node. No imports:
 * the source is run in the isolated world before any script of the page.
 */
import type { bridgeEnd } from './bridge-end.ts';
import type { cloneText } from './clone-text.ts';

interface Parts {
  readonly text: ReturnType<typeof cloneText>;
  readonly bridge: ReturnType<typeof bridgeEnd>;
  /** Carries text to the main process. */
  readonly toMain: (text: string) => void;
  readonly platform: string;
  readonly run: (require: unknown, process: unknown, exports: unknown, module: unknown) => void;
}

export function preloadWorld({ text, bridge, toMain, platform, run }: Parts): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let ids = 0;

  const speak = (kind: 'invoke' | 'send', channel: unknown, args: readonly unknown[], id: number): void => {
    if (typeof channel !== 'string') throw new TypeError('channel must be a string');
    let copy: unknown;
    try {
      copy = structuredClone(args);
    } catch {
      throw new Error('An object could not be cloned.');
    }
    const [above] = location.ancestorOrigins;
    const frame = { url: location.href, isMainFrame: above === undefined, parentOrigin: above ?? '' };
    toMain(text.encode({ kind, channel, args: copy, id, frame }));
  };

  const add = (channel: string, listener: Listener): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener): object => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((one) => one !== listener),
    );
    return ipcRenderer;
  };
  const ipcRenderer: Record<string, unknown> = {
    invoke(channel: string, ...args: readonly unknown[]): Promise<unknown> {
      const id = (ids += 1);
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      try {
        speak('invoke', channel, args, id);
      } catch (thrown) {
        waiting.delete(id);
        answer.reject(thrown);
      }
      return answer.promise;
    },
    send: (channel: string, ...args: readonly unknown[]): void => speak('send', channel, args, 0),
    on: add,
    addListener: add,
    once(channel: string, listener: Listener): object {
      const one: Listener = (event, ...args) => {
        remove(channel, one);
        listener(event, ...args);
      };
      return add(channel, one);
    },
    off: remove,
    removeListener: remove,
    removeAllListeners(channel: string): object {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown): void {
      if (taken.has(name)) {
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      }
      taken.add(name);
      bridge.send({ kind: 'expose', name, value: bridge.pack(api) });
    },
  };
  const taken = new Set<string>();

  /** Answers no path: here a file from the disk looks like one made by a script. */
  const webUtils = {
    getPathForFile(file: unknown): string {
      if (!(file instanceof File)) throw new TypeError('The value is not a File.');
      return '';
    },
  };

  Object.defineProperty(globalThis, 'fromMain', {
    value: (message: string): void => {
      const { kind, id, channel, args, outcome } = text.decode(message) as {
        kind: 'answer' | 'post';
        id: number;
        channel: string;
        args: unknown[];
        outcome: { ok: boolean; value: unknown; message: string };
      };
      if (kind === 'post') {
        for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...args);
        return;
      }
      const call = waiting.get(id);
      waiting.delete(id);
      if (outcome.ok) call?.resolve(outcome.value);
      else call?.reject(new Error(outcome.message));
    },
  });

  const known: Record<string, unknown> = { electron: { ipcRenderer, contextBridge, webUtils } };
  const require = (name: string): unknown => {
    if (Object.hasOwn(known, name)) return known[name];
    throw new Error(`module not found: ${name}`);
  };
  const process = {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform,
    versions: {},
    env: {},
    argv: [],
  };
  const module = { exports: {} };
  run(require, process, module.exports, module);
}
