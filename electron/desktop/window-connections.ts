/** One connection to the core for each loaded page; pushes never go to a page that is gone. */
import type { Connection, Core } from '#core/connection.ts';
import type { Push } from '#shared/api/pushes.ts';
import { type Result, toFailure } from '#shared/api/result.ts';

export interface WindowConnections {
  /** A page calls; `send` reaches that same page. Never rejects. */
  call(page: number, send: (push: Push) => void, name: unknown, args: unknown): Promise<Result<unknown>>;
  /** The page was left, reloaded, crashed or closed: its subscriptions end. */
  end(page: number): void;
}

export function windowConnections(core: Core): WindowConnections {
  const open = new Map<number, Connection>();
  const connect = (page: number, send: (push: Push) => void): Connection => {
    const connection = core.connect(send);
    open.set(page, connection);
    return connection;
  };
  return {
    async call(page, send, name, args) {
      if (typeof name !== 'string') {
        return { ok: false, error: { code: 'bad-arguments', message: 'The name of a call is a text.' } };
      }
      try {
        return await (open.get(page) ?? connect(page, send)).call(name, args);
      } catch (thrown) {
        return { ok: false, error: toFailure(thrown) };
      }
    },
    end(page) {
      open.get(page)?.close();
      open.delete(page);
    },
  };
}
