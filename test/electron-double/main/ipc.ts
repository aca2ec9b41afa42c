/** `ipcMain`: handlers by channel, listeners by channel, answers as Electron words them. */
import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Outcome } from '../messages.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

export class IpcMainDouble extends EventEmitter implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Of an error only the message is sent. */
  async answer(channel: string, event: IpcMainInvokeEvent, args: readonly unknown[]): Promise<Outcome> {
    const failed = (what: string): Outcome => ({
      ok: false,
      message: `Error invoking remote method '${channel}': ${what}`,
    });
    const handler = this.#handlers.get(channel);
    if (handler === undefined) return failed(`Error: No handler registered for '${channel}'`);
    try {
      const value = await handler(event, ...args);
      return { ok: true, value: cloned(value) };
    } catch (thrown) {
      return failed(String(thrown));
    }
  }
}

/** Throws Electron's error for a value that cannot be cloned. */
export function cloned<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}
