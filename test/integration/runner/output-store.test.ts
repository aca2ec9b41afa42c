import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openDoor } from '#core/redaction-door.ts';
import { type OutputStore, outputStore } from '#core/runner/output/output-store.ts';
import type { OutputBatch, Push } from '#shared/api/pushes.ts';

import { clock, newBench, newFolder, SH, timers } from './workbench.ts';

const SECRET = 'correct-horse-battery';
const newOutputStore = (dataFolder = newFolder()): { readonly outputs: OutputStore; readonly dataFolder: string } => ({
  outputs: outputStore({ dataFolder, clock, timers, door: openDoor([SECRET]) }),
  dataFolder,
});

function follow(
  outputs: OutputStore,
  runId: string,
): { readonly batches: OutputBatch[]; readonly send: (push: Push) => void; readonly stop: () => void } {
  const batches: OutputBatch[] = [];
  const send = (push: Push): void => {
    if (push.name === 'run.output') batches.push(push.payload);
  };
  return { batches, send, stop: outputs.attach(runId, send) };
}

describe('the outputs of a data folder', () => {
  it('are written, followed, read and told about', async () => {
    const { outputs, dataFolder } = newOutputStore();
    const early = follow(outputs, 'run-1');
    const sink = outputs.open('run-1');
    sink.write('stdout', Buffer.from(`one ${SECRET}\ntwo\n`));
    const closed = await sink.close();
    expect(early.batches).toEqual([
      {
        runId: 'run-1',
        from: 0,
        skipped: 0,
        lines: [
          { stream: 'stdout', text: 'one [redacted]' },
          { stream: 'stdout', text: 'two' },
        ],
      },
    ]);
    expect(closed).toMatchObject({
      path: join('outputs', 'run-1.log'),
      lines: 2,
      dropped: 0,
      excerpt: 'one [redacted]\ntwo',
      problem: null,
    });
    expect(closed.sha256).toBe(
      createHash('sha256')
        .update(readFileSync(join(dataFolder, closed.path)))
        .digest('hex'),
    );
    expect(await outputs.readLines('run-1', 1, 9)).toMatchObject({
      total: 2,
      lines: [{ n: 1, stream: 'stdout', text: 'two' }],
    });
    expect(await outputs.finish('run-1')).toEqual(closed);
    expect(await outputs.readLines('never-ran', 0, 9)).toEqual({ total: 0, lines: [] });
    expect(await outputs.finish('never-ran')).toMatchObject({ bytes: 0, lines: 0, excerpt: '' });
  });

  it('say where an earlier session ended, and number on', async () => {
    const { outputs, dataFolder } = newOutputStore();
    outputs.open('run-1').write('stdout', Buffer.from('before\n'));
    const next = newOutputStore(dataFolder).outputs;
    const { batches } = follow(next, 'run-1');
    const sink = next.open('run-1');
    sink.write('stdout', Buffer.from('after\n'));
    expect((await sink.close()).lines).toBe(3);
    expect((await next.readLines('run-1', 0, 9)).lines.map(({ text }) => text)).toEqual([
      'before',
      expect.stringContaining('not running'),
      'after',
    ]);
    expect(batches.map(({ from, skipped }) => [from, skipped])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it('hide secrets learned later, from the next output on', async () => {
    const { outputs } = newOutputStore();
    outputs.learn(['another-secret']);
    expect(outputs.redact(`another-secret ${SECRET}`)).toBe('[redacted] [redacted]');
    const sink = outputs.open('run-1');
    sink.write('stderr', Buffer.from('x another-secret'));
    expect((await sink.close()).excerpt).toBe('x [redacted]');
  });

  it('drain a real process completely while a window hangs and another follows', async () => {
    const { outputs } = newOutputStore();
    const hung = follow(outputs, 'run-1');
    const live = follow(outputs, 'run-1');
    const { process } = await newBench().start('read', [
      SH,
      '-c',
      'i=0; while [ $i -lt 200 ]; do head -c 100000 /dev/zero | tr "\\0" x | fold -w 99; i=$((i+1)); done; echo; echo the end',
    ]);
    const sink = outputs.open('run-1');
    let drained = 0;
    process.onChunk((stream, bytes) => {
      drained += bytes.length;
      sink.write(stream, bytes);
      // More than the new output: the window already has the newest lines.
      outputs.acknowledge('run-1', live.send, bytes.length * 2);
    });
    await process.exited;
    const closed = await sink.close();
    expect(drained).toBeGreaterThan(20_000_000);
    const sent = hung.batches.reduce(
      (sum, { lines }) => sum + lines.reduce((chars, { text }) => chars + text.length + 1, 0),
      0,
    );
    expect(sent).toBeLessThanOrEqual(100_000);
    // Output that no longer fits is skipped with a notice; a small last piece may still fit.
    expect(hung.batches.reduce((sum, { skipped }) => sum + skipped, 0)).toBeGreaterThan(100_000);
    const end = hung.batches.at(-1);
    expect((end?.from ?? 0) + (end?.lines.length ?? 0)).toBe(closed.lines);
    expect(hung.batches.reduce((sum, { lines, skipped }) => sum + lines.length + skipped, 0)).toBe(closed.lines);
    expect(live.batches.at(-1)?.lines.at(-1)?.text).toBe('the end');
    expect((await outputs.readLines('run-1', closed.lines - 1, 1)).lines[0]?.text).toBe('the end');
  });

  it('let a window go and come back', async () => {
    const { outputs } = newOutputStore();
    const sink = outputs.open('run-1');
    const first = follow(outputs, 'run-1');
    first.stop();
    sink.write('stdout', Buffer.from('unseen\n'));
    const second = follow(outputs, 'run-1');
    await sink.close();
    expect(first.batches).toEqual([]);
    expect(second.batches).toEqual([{ runId: 'run-1', from: 1, skipped: 1, lines: [] }]);
    second.stop();
  });
});

describe('a command that three Rollbooks heard, of which two were killed', () => {
  const ALL = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';

  it.each([
    [
      'each of whole lines',
      ['one\ntwo\n', 'four\nfive\n', 'seven\n'],
      ['one', 'two', 'three', 'four', 'five', 'six', 'seven'],
    ],
    [
      'the second from the middle of a line',
      ['one\n', 'ee\nfour\n', 'seven\n'],
      ['one', 'two', 'thr', 'ee', 'four', 'five', 'six', 'seven'],
    ],
    ['the second of nothing', ['one\n', '', 'seven\n'], ['one', 'two', 'three', 'four', 'five', 'six', 'seven']],
  ])('has each of its lines once: %s', async (_how, heard, lines) => {
    const { dataFolder } = newOutputStore();
    for (const text of heard.slice(0, -1))
      newOutputStore(dataFolder).outputs.open('run-1').write('stdout', Buffer.from(text));
    const { outputs } = newOutputStore(dataFolder);
    const last = outputs.open('run-1');
    const own = Buffer.from(heard.at(-1) ?? '');
    const nothing = Buffer.alloc(0);
    last.write('stdout', own);
    await last.complete({ stdout: Buffer.from(ALL), stderr: nothing, cut: false }, { stdout: own, stderr: nothing });
    await last.close();
    const stored = (await outputs.readLines('run-1', 0, 99)).lines.filter(({ stream }) => stream === 'stdout');
    expect(stored.map(({ text }) => text).toSorted()).toEqual(lines.toSorted());
  });
});
