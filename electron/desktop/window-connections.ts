/** One connection to the core for each loaded page; pushes never go to a page that is gone. */
import type { Connection, Core } from '#core/connection.ts';
import type { Push } from '#shared/api/pushes.ts';
import { type Result, toFailure } from '#shared/api/result.ts';

export class WindowConnections {
  #core: Core;
  #open = new Map<number, Connection>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** A page calls; `send` reaches that same page. Never rejects. */
  async call(page: number, send: (push: Push) => void, name: unknown, args: unknown): Promise<Result<unknown>> {
    if (typeof name !== 'string') {
      return { ok: false, error: { code: 'bad-arguments', message: 'The name of a call is a text.' } };
    }
    try {
      return await (this.#open.get(page) ?? this.#connect(page, send)).call(name, args);
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    }
  }

  /** The page was left, reloaded, crashed or closed: its subscriptions end. */
  end(page: number): void {
    this.#open.get(page)?.close();
    this.#open.delete(page);
  }

  #connect(page: number, send: (push: Push) => void): Connection {
    const connection = this.#core.connect(send);
    this.#open.set(page, connection);
    return connection;
  }
}
