import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';

import type { Effect } from '#core/ports.ts';
import { groupIsGone } from '#core/runner/process-group.ts';

import { newBench, SH, until } from './workbench.ts';

const NODE = process.execPath;
const EFFECTS: readonly Effect[] = ['read', 'change'];

describe.each(EFFECTS)('a command that may %s', (effect) => {
  it('gives its output by stream and its exit code', async () => {
    const { process, output } = await newBench().start(effect, [SH, '-c', 'echo out; echo err >&2; exit 3']);
    expect(await process.exited).toEqual({ kind: 'code', code: 3 });
    expect(output).toEqual({ stdout: 'out\n', stderr: 'err\n' });
  });

  it('gives output without a newline and bytes that are no UTF-8 as they came', async () => {
    const { process, output } = await newBench().start(effect, [SH, '-c', "printf 'a\\377\\200b'"]);
    expect(await process.exited).toEqual({ kind: 'code', code: 0 });
    expect(output.stdout).toBe('a\u00ff\u0080b');
  });

  it('gives 50 MB to the last byte', async () => {
    const { spawner, folder } = newBench();
    const argv = [SH, '-c', 'head -c 50000000 /dev/zero; echo end'] as const;
    const process = await spawner.spawn({ runId: 'r', argv, cwd: folder, env: { PATH: '/usr/bin:/bin' }, effect });
    let bytes = 0;
    process.onChunk((_stream, chunk) => (bytes += chunk.length));
    expect(await process.exited).toEqual({ kind: 'code', code: 0 });
    expect(bytes).toBe(50_000_004);
  });

  it('keeps what was printed before anybody listened', async () => {
    const { spawner, folder } = newBench();
    const process = await spawner.spawn({
      runId: 'r',
      argv: [SH, '-c', 'echo early'],
      cwd: folder,
      env: { PATH: '/usr/bin:/bin' },
      effect,
    });
    await process.exited;
    let text = '';
    process.onChunk((_stream, chunk) => (text += Buffer.from(chunk).toString()));
    expect(text).toBe('early\n');
  });

  it('has no input and the given environment, folder and run id only', async () => {
    const bench = newBench();
    const { process, output } = await bench.start(
      effect,
      [SH, '-c', 'cat; pwd; echo "$ROLLBOOK_RUN $A ${HOME-none}"'],
      { env: { A: 'x y' }, runId: 'abc' },
    );
    expect(await process.exited).toEqual({ kind: 'code', code: 0 });
    expect(output.stdout).toBe(`${bench.folder}\nabc x y none\n`);
  });

  it('ends though a grandchild holds its output open', async () => {
    const { process, output } = await newBench().start(effect, [SH, '-c', 'sleep 1000 & echo done']);
    expect(await process.exited).toEqual({ kind: 'code', code: 0 });
    expect(output.stdout).toBe('done\n');
    expect(groupIsGone(process.pgid)).toBe(false);
    expect(await process.kill()).toBe(true);
  });

  it('is interrupted as a group', async () => {
    const { process, printed } = await newBench().start(effect, [
      NODE,
      '-e',
      "require('child_process').spawn('sleep',['1000']);console.log('up')",
    ]);
    await printed('up');
    process.interrupt();
    expect(await process.exited).toEqual({ kind: 'signal', signal: 'SIGINT' });
    expect(groupIsGone(process.pgid)).toBe(true);
  });

  it('may end itself with a code after an interrupt', async () => {
    const { process, printed } = await newBench().start(effect, [
      NODE,
      '-e',
      "process.on('SIGINT',()=>process.exit(127));setInterval(()=>{},1e6);console.log('up')",
    ]);
    await printed('up');
    process.interrupt();
    expect(await process.exited).toEqual({ kind: 'code', code: 127 });
  });

  it('that ignores the interrupt is killed with everything it started, and proven gone', async () => {
    const { process, printed } = await newBench().start(effect, [
      SH,
      '-c',
      "trap '' INT; sleep 1000 & echo up; while :; do sleep 1; done",
    ]);
    await printed('up');
    process.interrupt();
    expect(groupIsGone(process.pgid)).toBe(false);
    expect(await process.kill()).toBe(true);
    expect(groupIsGone(process.pgid)).toBe(true);
    expect(await process.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  it('is refused when the tool is missing, a folder, not executable or relative', async () => {
    const bench = newBench();
    writeFileSync(join(bench.folder, 'plain'), 'x');
    for (const path of [join(bench.folder, 'none'), bench.folder, join(bench.folder, 'plain'), 'sh']) {
      await expect(bench.start(effect, [path])).rejects.toMatchObject({
        code: 'tool-missing',
        message: expect.stringContaining(path),
      });
    }
  });

  it('is refused when its working folder is missing', async () => {
    const { spawner, folder } = newBench();
    const request = { runId: 'r', argv: [SH] as const, cwd: join(folder, 'none'), env: {}, effect };
    await expect(spawner.spawn(request)).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining('none'),
    });
  });
});

describe('the time limit of a read-only command', () => {
  it('interrupts, keeps the partial output and says so', async () => {
    const { process, output } = await newBench().start('read', [SH, '-c', 'echo part; sleep 1000'], {
      timeoutMs: 3_000,
    });
    expect(await process.exited).toEqual({ kind: 'timeout', afterMs: 3_000 });
    expect(output.stdout).toBe('part\n');
    expect(groupIsGone(process.pgid)).toBe(true);
  });

  it('kills what ignores the interrupt, grandchildren too', async () => {
    const { process } = await newBench().start('read', [SH, '-c', "trap '' INT; sleep 1000 & sleep 1000; sleep 1000"], {
      timeoutMs: 100,
    });
    expect(await process.exited).toEqual({ kind: 'timeout', afterMs: 100 });
    expect(groupIsGone(process.pgid)).toBe(true);
  });

  it('is refused for a command that changes something', async () => {
    await expect(newBench().start('change', [SH], { timeoutMs: 1000 })).rejects.toMatchObject({
      code: 'bad-arguments',
    });
  });
});

describe('the folder of a changing command', () => {
  it('is private, holds no output, keeps the exit code until it is acknowledged', async () => {
    const bench = newBench();
    const { process, printed } = await bench.start('change', [
      SH,
      '-c',
      'echo topsecret; read x </dev/null; sleep 0.1; exit 4',
    ]);
    await printed('topsecret');
    const folder = join(bench.keeperFolder, 'run-1');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of ['stdout', 'stderr', 'life']) {
      expect(statSync(join(folder, name)).isFIFO()).toBe(true);
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    await process.exited;
    expect(readFileSync(join(folder, 'exit'), 'utf8')).toBe('004\n');
    expect(bench.reattacher.unacknowledged()).toEqual(['run-1']);
    expect(bench.reattacher.find({ runId: 'run-1', pid: process.pid, startTime: process.startTime })).toEqual({
      kind: 'ended',
      exit: { kind: 'code', code: 4 },
      endedAt: expect.any(Number) as number,
    });
    bench.reattacher.acknowledge('run-1');
    bench.reattacher.acknowledge('run-1');
    expect(existsSync(folder)).toBe(false);
  });

  it('is not forgotten while the command is going', async () => {
    const bench = newBench();
    const { process, printed } = await bench.start('change', [SH, '-c', 'echo up; sleep 1000']);
    await printed('up');
    expect(() => bench.reattacher.acknowledge('run-1')).toThrow(expect.objectContaining({ code: 'conflict' }));
    await process.kill();
    bench.reattacher.acknowledge('run-1');
  });

  it('is never used twice', async () => {
    const bench = newBench();
    await (await bench.start('change', [SH, '-c', ':'])).process.exited;
    await expect(bench.start('change', [SH, '-c', ':'])).rejects.toMatchObject({ code: 'conflict' });
  });

  it('cannot be led outside by the id of a run', async () => {
    await expect(newBench().start('change', [SH], { runId: '../x' })).rejects.toMatchObject({ code: 'bad-arguments' });
  });

  it('leaves no keeper behind when its result was stored', async () => {
    const bench = newBench();
    const { process } = await bench.start('change', [SH, '-c', ':']);
    await process.exited;
    bench.reattacher.acknowledge('run-1');
    await until(() => !keepers().some((line) => line.includes(bench.keeperFolder)));
  });
});

/** Command lines of all processes. */
const keepers = (): readonly string[] => execaSync('ps', ['-A', '-o', 'args=']).stdout.split('\n');
