import { describe, expect, it } from 'vitest';
import { type ReadContext, quietRead } from '#core/engine/quiet-read.ts';
import type { Exit, RunningProcess } from '#core/ports.ts';
import { systemClock } from '#core/system-ports.ts';

describe('a look beside a command that is over', () => {
  it('is ended though its process was only being made then', async () => {
    const over = new AbortController();
    let end = (_exit: Exit): void => undefined;
    const exited = new Promise<Exit>((resolve) => (end = resolve));
    const process: RunningProcess = {
      pid: 1,
      pgid: 1,
      startTime: '',
      onChunk: () => undefined,
      exited,
      interrupt: () => end({ kind: 'signal', signal: 'SIGINT' }),
      leave: () => undefined,
      kill: () => Promise.resolve(true),
    };
    const context = {
      adapter: {
        name: 'real',
        clock: systemClock(),
        tools: { locate: () => Promise.resolve({ path: '/bin/fly', version: '' }) },
        http: { get: () => Promise.reject(new Error('not asked')) },
        spawner: {
          spawn: () => {
            over.abort();
            return Promise.resolve(process);
          },
        },
      },
      environment: {},
      folders: { make: () => Promise.resolve('/'), remove: () => Promise.resolve() },
      newId: () => 'look',
    } as unknown as ReadContext;
    expect(await quietRead(context, ['fly', 'status'], { timeoutMs: 1_000, signal: over.signal })).toBeNull();
  });
});
