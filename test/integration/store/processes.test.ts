import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Failure } from '#shared/api/result.ts';
import { declare, failure, INCIDENT, notes, open, temporaryFolder } from './sample.ts';

const CHILD = fileURLToPath(new URL('store-child.ts', import.meta.url));
const NOBODY = 65_534;

interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line it says; throws when it ended without one. */
  next(): Promise<unknown>;
  /** Every further line, until it ends. */
  rest(): Promise<readonly unknown[]>;
}

function start(command: string, args: readonly string[]): Child {
  const child = spawn(command, args, { env: { ...process.env, NODE_OPTIONS: '' } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`The child ended: ${errors}`);
    return JSON.parse(value);
  };
  const rest = async (): Promise<readonly unknown[]> => {
    const said: unknown[] = [];
    for (let line = await lines.next(); line.done !== true; line = await lines.next())
      said.push(JSON.parse(line.value));
    return said;
  };
  return { process: child, next, rest };
}

const child = (...args: readonly string[]): Child => start(process.execPath, [CHILD, ...args]);

describe('two processes on one incident', () => {
  it('that append for the same head: one is stored, the other is a conflict', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await declare(store, 2);
    const both = [child('once', folder, INCIDENT, '2'), child('once', folder, INCIDENT, '2')];
    for (const each of both) expect(await each.next()).toBe('ready');
    for (const each of both) each.process.stdin.end('go');
    const said = await Promise.all(both.map((each) => each.next()));
    expect(said).toContainEqual({ seq: 3, hash: store.head(INCIDENT).hash });
    expect(said).toContainEqual(expect.objectContaining({ code: 'conflict', details: { seq: 3 } }));
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: 3 });
  });

  it('that append many: every event is there once, in one chain without a gap', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await declare(store, 1);
    const both = [child('share', folder, INCIDENT, '150'), child('share', folder, INCIDENT, '150')];
    for (const each of both) expect(await each.next()).toBe('ready');
    for (const each of both) each.process.stdin.end('go');
    for (const each of both) expect(await each.next()).toHaveProperty('conflicts');
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: 301 });
    const texts = store.events(INCIDENT, 1).map(({ payload }) => (payload as { text: string }).text);
    const expected = both.flatMap(({ process: { pid } }) =>
      Array.from({ length: 150 }, (_, index) => `${pid}/${index}`),
    );
    expect(texts.toSorted()).toEqual(expected.toSorted());
  });
});

describe('a process that is killed in the middle of appending', () => {
  it.each([1, 40, 120])('loses nothing it was told is saved (killed after %i appends)', async (appends) => {
    const folder = temporaryFolder();
    const first = await open(folder);
    await declare(first, 1);
    await first.close();
    const writer = child('forever', folder, INCIDENT);
    let acknowledged: unknown = 0;
    for (let count = 0; count < appends; count += 1) acknowledged = await writer.next();
    writer.process.kill('SIGKILL');
    for (const line of await writer.rest()) acknowledged = line;
    expect(acknowledged).toBeTypeOf('number');

    const store = await open(folder, { session: 'after' });
    const report = store.verify(INCIDENT);
    expect(report.ok).toBe(true);
    expect(report.events).toBeGreaterThanOrEqual(acknowledged as number);
    // Two events an append: half of one never shows.
    expect(report.events % 2).toBe(1);
    expect((await store.leases.take(INCIDENT)).session).toBe('after');
    await store.append(INCIDENT, report.events, notes(1));
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: report.events + 1 });
  });
});

describe('a store that cannot be written', () => {
  it('stops with a clear error in the middle, and what was acknowledged is there', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    await declare(first, 1);
    await first.close();
    // No file may grow beyond 256 KB (the unit is 512 or 1024 bytes): a disk that refuses to write, for one process.
    const limited = 'ulimit -f 256; exec "$@"';
    const writer = start('/bin/sh', ['-c', limited, 'sh', process.execPath, CHILD, 'forever', folder, INCIDENT]);
    const said = await writer.rest();
    const error = said.at(-1) as Failure;
    expect(['store-unwritable', 'disk-full']).toContain(error.code);
    expect(error.message).toContain(join(folder, 'rollbook.db'));
    expect(error.advice).toBeTypeOf('string');
    const acknowledged = said.at(-2);
    expect(acknowledged).toBeTypeOf('number');

    const store = await open(folder, { session: 'after' });
    expect(store.verify(INCIDENT)).toMatchObject({ ok: true, events: acknowledged });
  });

  it('opens for reading only, where the folder and its file are read-only', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    await declare(first, 3);
    await first.close();
    if (process.getuid?.() === 0) for (const name of readdirSync(folder)) chownSync(join(folder, name), NOBODY, NOBODY);
    chmodSync(join(folder, 'rollbook.db'), 0o444);
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    const visitor = child('unprivileged', folder, INCIDENT, String(NOBODY));
    expect(await visitor.next()).toEqual(expect.objectContaining({ code: 'store-unwritable' }));
    expect(await visitor.next()).toMatchObject({ ok: true, events: 3 });
    await once(visitor.process, 'exit');
    expect(readdirSync(folder)).toEqual(['rollbook.db']);
  });

  it('that is locked by another program is waited for without blocking, then given up with advice', async () => {
    const folder = temporaryFolder();
    let naps = 0;
    const store = await open(folder, {
      sleep: async () => {
        naps += 1;
        if (naps === 3) locker.exec('COMMIT');
      },
    });
    await declare(store);
    const { default: Database } = await import('better-sqlite3');
    const locker = new Database(join(folder, 'rollbook.db'));
    onTestFinished(() => void locker.close());
    locker.exec('BEGIN IMMEDIATE');
    await store.append(INCIDENT, 1, notes(1));
    expect(naps).toBe(3);
    expect(store.head(INCIDENT).seq).toBe(2);
    locker.exec('BEGIN IMMEDIATE');
    expect(store.head(INCIDENT).seq).toBe(2);
    await expect(store.append(INCIDENT, 2, notes(1))).rejects.toEqual(failure('store-unwritable', 'locked'));
    locker.exec('COMMIT');
    await store.append(INCIDENT, 2, notes(1));
  });
});
