import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { execa, execaSync } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { RunningProcess } from '#core/ports.ts';
import { HELD_MAX } from '#core/runner/keeper/keeper.ts';
import { groupIsGone, startTimeOf } from '#core/runner/process-group.ts';

import { smallDisk } from '../../fixtures/small-disk.ts';
import { type Bench, listenTo, mindGroup, newBench, newFolder, SH, until } from './workbench.ts';

const APP = fileURLToPath(new URL('./short-lived-app.ts', import.meta.url));

interface DeadApp {
  readonly pid: number;
  readonly startTime: string;
}

/** Starts a changing command in another process, waits until it has printed `up`, and kills that process by SIGKILL. */
async function appThatDies(bench: Bench, script: string, holdForS = 60): Promise<DeadApp> {
  const app = execa(process.execPath, [APP, bench.keeperFolder, bench.folder, script, String(holdForS)], {
    stdin: 'ignore',
    reject: false,
    buffer: false,
  });
  const started = await new Promise<DeadApp>((resolve) => {
    let text = '';
    app.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (text.includes('\n')) resolve(JSON.parse(text) as DeadApp);
    });
  });
  mindGroup(started.pid);
  app.nodeChildProcess.kill('SIGKILL');
  await app;
  return started;
}

/** A command that continues once the file `go` exists. */
const waitForGo = 'while [ ! -e go ]; do sleep 0.02; done';
const go = (bench: Bench): void => writeFileSync(join(bench.folder, 'go'), '');

function running(bench: Bench, { pid, startTime }: DeadApp): RunningProcess {
  const found = bench.reattacher.find({ runId: 'run-1', pid, startTime });
  if (found.kind !== 'running') throw new Error(`expected a running process, found ${found.kind}`);
  return found.process;
}

describe('a changing command whose app was killed', () => {
  it('ends by itself and leaves its exit code', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, `echo up; ${waitForGo}; exit 7`);
    go(bench);
    await until(() => groupIsGone(dead.pid));
    expect(bench.reattacher.find({ runId: 'run-1', ...dead })).toEqual({
      kind: 'ended',
      exit: { kind: 'code', code: 7 },
      endedAt: expect.any(Number) as number,
    });
    expect(bench.reattacher.find({ runId: 'run-1' })).toEqual({
      kind: 'ended',
      exit: { kind: 'code', code: 7 },
      endedAt: expect.any(Number) as number,
    });
    bench.reattacher.acknowledge('run-1');
    expect(bench.reattacher.unacknowledged()).toEqual([]);
  });

  it('leaves its exit code on a disk that is full by then', async ({ skip }) => {
    const folder = newFolder();
    const disk = smallDisk(folder, 2);
    if (typeof disk === 'string') {
      console.log(`skipped: ${disk}`);
      return skip(disk);
    }
    onTestFinished(() => disk.unmount());
    const bench = newBench(60, folder);
    const dead = await appThatDies(bench, `trap 'exit 7' INT; echo up; while :; do sleep 0.02; done`);
    disk.fill();
    const left = running(bench, dead);
    left.interrupt();
    expect(await left.exited).toEqual({ kind: 'code', code: 7 });
    const found = bench.reattacher.find({ runId: 'run-1', ...dead });
    expect(found).toMatchObject({ kind: 'ended', exit: { kind: 'code', code: 7 } });
    bench.reattacher.acknowledge('run-1');
  });

  it('is neither blocked nor broken by output that nobody reads', async () => {
    const bench = newBench();
    const script = `echo up; ${waitForGo}; head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2 || exit 9; echo all >written; exit 5`;
    const dead = await appThatDies(bench, script);
    go(bench);
    await until(() => groupIsGone(dead.pid));
    expect(readFileSync(join(bench.folder, 'written'), 'utf8')).toBe('all\n');
    expect(bench.reattacher.find({ runId: 'run-1', ...dead })).toEqual({
      kind: 'ended',
      exit: { kind: 'code', code: 5 },
      endedAt: expect.any(Number) as number,
    });
  });

  it('is attached to while it runs: its further output, its end', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, `echo up; ${waitForGo}; echo later; echo worse >&2; exit 6`);
    await until(() => keeperDrains(bench));
    const { process, output, printed } = listenTo(running(bench, dead));
    expect(process).toMatchObject({ pid: dead.pid, pgid: dead.pid, startTime: dead.startTime });
    await until(() => !keeperDrains(bench));
    go(bench);
    await printed('worse');
    expect(await process.exited).toEqual({ kind: 'code', code: 6 });
    expect(output).toEqual({ stdout: 'later\n', stderr: 'worse\n' });
  });

  it('is attached to by a third app after the second died too, with much output between', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, `echo up; ${waitForGo}; head -c 2000000 /dev/zero; exit 3`);
    const second = execa(
      process.execPath,
      [APP, bench.keeperFolder, bench.folder, 'attach', String(dead.pid), dead.startTime],
      { reject: false },
    );
    await new Promise<void>((resolve) => void second.stdout.once('data', () => resolve()));
    second.nodeChildProcess.kill('SIGKILL');
    await second;
    go(bench);
    expect(await running(bench, dead).exited).toEqual({ kind: 'code', code: 3 });
  });

  it('can be interrupted and killed by the next app', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, "trap '' INT; echo up; while :; do sleep 0.1; done");
    const process = running(bench, dead);
    process.interrupt();
    expect(groupIsGone(dead.pid)).toBe(false);
    expect(await process.kill()).toBe(true);
    expect(await process.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
    expect(bench.reattacher.find({ runId: 'run-1', ...dead })).toEqual({
      kind: 'ended',
      exit: { kind: 'signal', signal: 'SIGKILL' },
      endedAt: expect.any(Number) as number,
    });
  });

  it('is found though the app died before it could store the pid', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, `echo up; ${waitForGo}`);
    const found = bench.reattacher.find({ runId: 'run-1' });
    expect(found).toMatchObject({ kind: 'running', process: { pid: dead.pid, startTime: dead.startTime } });
    go(bench);
    if (found.kind === 'running') expect(await found.process.exited).toEqual({ kind: 'code', code: 0 });
  });

  it('is lost when the machine took it away without a trace', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, 'echo up; sleep 1000');
    process.kill(-dead.pid, 'SIGKILL');
    await until(() => groupIsGone(dead.pid));
    expect(bench.reattacher.find({ runId: 'run-1', ...dead })).toEqual({ kind: 'lost' });
  });
});

describe('what a command printed whose app was killed', () => {
  it('is held from its first byte, by stream, and can be taken once', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, `printf up; echo worse >&2; ${waitForGo}; printf '\\0later'; echo end >&2`);
    go(bench);
    await until(() => groupIsGone(dead.pid));
    const held = await bench.reattacher.held('run-1');
    expect({ ...held, stdout: held?.stdout.toString(), stderr: held?.stderr.toString() }).toEqual({
      stdout: 'up\0later',
      stderr: 'worse\nend\n',
      cut: false,
    });
    expect(await bench.reattacher.held('run-1')).toBeNull();
    bench.reattacher.acknowledge('run-1');
    await until(() => !keeperLives(bench));
  });

  it('is held by its end when it is too much', async () => {
    const bench = newBench();
    const dead = await appThatDies(bench, `echo up; ${waitForGo}; head -c 3000000 /dev/zero; echo end`);
    go(bench);
    await until(() => groupIsGone(dead.pid));
    const held = await bench.reattacher.held('run-1');
    expect(held).toMatchObject({ cut: true, stderr: Buffer.alloc(0) });
    expect(held?.stdout).toHaveLength(HELD_MAX);
    expect(held?.stdout.subarray(-4).toString()).toBe('end\n');
    bench.reattacher.acknowledge('run-1');
  });

  it.each([
    ['little', `echo up; ${waitForGo}`],
    ['more than a pipe takes', `echo up; ${waitForGo}; head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2`],
  ])(
    'is not held for ever when nobody comes back (%s): no keeper stays, and nothing is said to be all',
    async (_much, script) => {
      const bench = newBench();
      const dead = await appThatDies(bench, script, 1);
      go(bench);
      await until(() => groupIsGone(dead.pid) && !keeperLives(bench));
      expect(await bench.reattacher.held('run-1')).toBeNull();
      expect(bench.reattacher.find({ runId: 'run-1' })).toMatchObject({ kind: 'ended' });
    },
  );
});

describe('a stranger with the pid of a run', () => {
  it('is not taken for it', async () => {
    const bench = newBench();
    await (await bench.start('change', [SH, '-c', ':'])).process.exited;
    bench.reattacher.acknowledge('run-1');
    const stranger = await bench.start('change', [SH, '-c', 'sleep 1000'], { runId: 'run-2' });
    const { pid } = stranger.process;
    expect(bench.reattacher.find({ runId: 'run-1', pid, startTime: '1@earlier-boot' })).toEqual({ kind: 'lost' });
    expect(bench.reattacher.find({ runId: 'run-2', pid, startTime: '1@earlier-boot' })).toEqual({ kind: 'lost' });
    expect(startTimeOf(pid)).toBe(stranger.process.startTime);
    await stranger.process.kill();
    expect(startTimeOf(pid)).toBeNull();
  });

  it('is not looked for when the run never existed', () => {
    expect(newBench().reattacher.find({ runId: 'nothing' })).toEqual({ kind: 'lost' });
  });
});

const keeperLives = ({ keeperFolder }: Bench): boolean =>
  execaSync('ps', ['-A', '-o', 'args=']).stdout.includes(`${keeperFolder}/`);

/** Whether the keeper discards the output: it has two `cat` processes then, and one while an app is connected. */
function keeperDrains({ keeperFolder }: Bench): boolean {
  const rows = execaSync('ps', ['-A', '-o', 'pgid=,args='])
    .stdout.split('\n')
    .map((row) => row.trim().split(/\s+(.*)/s));
  const group = rows.find(([, args = '']) => args.includes('rollbook-keep:') && args.includes(keeperFolder))?.[0];
  return rows.filter(([pgid, args]) => pgid === group && args === 'cat').length > 1;
}

describe('a run that has not written its pid', () => {
  it('may be about to begin, unless it was killed', () => {
    const bench = newBench();
    const folder = join(bench.keeperFolder, 'run-1');
    mkdirSync(folder, { recursive: true });
    expect(bench.reattacher.isGoing('run-1')).toBe(true);
    writeFileSync(join(folder, 'killed'), '');
    expect(bench.reattacher.isGoing('run-1')).toBe(false);
  });
});
