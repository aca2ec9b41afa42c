import { describe, expect, it } from 'vitest';
import type { Core } from '#core/connection.ts';
import type { Push } from '#shared/api/pushes.ts';
import { RollbookError } from '#shared/api/result.ts';
import { WindowConnections } from '../../../electron/desktop/window-connections.ts';

const push: Push = { name: 'run.output', payload: { runId: 'r', from: 0, skipped: 0, lines: [] } };

function recorded() {
  const opened: { readonly send: (push: Push) => void; closed: boolean }[] = [];
  const core: Core = {
    connect(send) {
      const entry = { send, closed: false };
      opened.push(entry);
      return {
        call: async (name, args) => {
          if (name === 'broken') throw new RollbookError('disk-full', 'The disk is full.');
          return { ok: true, value: { name, args } };
        },
        close: () => {
          entry.closed = true;
        },
      };
    },
    running: () => [],
    close: () => Promise.resolve(),
  };
  return { opened, connections: new WindowConnections(core) };
}

describe('WindowConnections', () => {
  it('keeps one connection for a page, and pushes to that page', async () => {
    const { opened, connections } = recorded();
    const got: string[] = [];
    const send = (page: string) => () => void got.push(page);
    await connections.call(1, send('one'), 'a', {});
    await connections.call(1, send('one'), 'b', {});
    await connections.call(2, send('two'), 'a', {});
    expect(opened).toHaveLength(2);
    opened[1]?.send(push);
    opened[0]?.send(push);
    expect(got).toEqual(['two', 'one']);
  });

  it('ends it with the page and starts anew after a reload', async () => {
    const { opened, connections } = recorded();
    const send = (): void => undefined;
    connections.end(1);
    await connections.call(1, send, 'a', {});
    connections.end(1);
    connections.end(1);
    expect(opened[0]?.closed).toBe(true);
    await connections.call(1, send, 'a', {});
    expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('answers with an envelope, whatever happens', async () => {
    const { opened, connections } = recorded();
    const send = (): void => undefined;
    expect(await connections.call(1, send, 'app.info', { a: 1 })).toEqual({
      ok: true,
      value: { name: 'app.info', args: { a: 1 } },
    });
    expect(await connections.call(1, send, 'broken', {})).toEqual({
      ok: false,
      error: { code: 'disk-full', message: 'The disk is full.' },
    });
    expect(await connections.call(2, send, { toString: 1 }, {})).toMatchObject({
      ok: false,
      error: { code: 'bad-arguments' },
    });
    expect(opened).toHaveLength(1);
  });
});
