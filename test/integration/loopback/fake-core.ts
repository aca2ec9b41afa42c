/** A fake core that records calls, and pushes what the test says. */
import type { Connection, Core } from '#core/connection.ts';
import type { Push } from '#shared/api/pushes.ts';
import type { Result } from '#shared/api/result.ts';

export interface FakeConnection {
  readonly send: (push: Push) => void;
  readonly calls: { readonly name: string; readonly args: unknown }[];
  closed: boolean;
}

export interface FakeCore extends Core {
  readonly connections: FakeConnection[];
  changing: { readonly incidentId: string; readonly runId: string; readonly shown: string }[];
}

export type Answer = (
  name: string,
  args: unknown,
  connection: FakeConnection,
) => Result<unknown> | Promise<Result<unknown>>;

/** By default a call is answered with its own name and arguments. */
export function fakeCore(answer: Answer = (name, args) => ({ ok: true, value: { name, args } })): FakeCore {
  const connections: FakeConnection[] = [];
  const core: FakeCore = {
    connections,
    changing: [],
    connect(send): Connection {
      const connection: FakeConnection = { send, calls: [], closed: false };
      connections.push(connection);
      return {
        call: async (name, args) => {
          connection.calls.push({ name, args });
          return answer(name, args, connection);
        },
        close: () => {
          connection.closed = true;
        },
      };
    },
    running: () => core.changing,
    close: () => Promise.resolve(),
  };
  return core;
}

/** An output push whose first line number tells pushes apart. */
export const outputPush = (from: number, text = 'a line'): Push => ({
  name: 'run.output',
  payload: { runId: 'r1', from, skipped: 0, lines: [{ stream: 'stdout', text }] },
});
