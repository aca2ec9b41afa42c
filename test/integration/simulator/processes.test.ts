import { describe, expect, it } from 'vitest';
import { simulatedAdapter } from '#core/simulator/adapter.ts';
import { drillClock } from '#core/simulator/drill-clock.ts';
import { createCloud, memoryCloud, newestVersion, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import { steppingClock } from '../../tools/virtual-time.ts';
import { APP, code, collect, deployArgs, drill } from './drill.ts';

const HOUR = 3_600_000;

/** Resolves when the condition is true; the stepping clock moves on until then. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a simulated process', () => {
  it('gives its output while it runs, and keeps what came before somebody listened', async () => {
    const { start, imageOfRelease, cloud } = await drill('app-rollback');
    const process = await start('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    await until(() => newestVersion(cloud.read()) === 11);
    const seen: string[] = [];
    process.onChunk((_stream, bytes) => seen.push(new TextDecoder().decode(bytes)));
    expect(seen[0]).toBe('==> Verifying app config\n');
    await until(() => seen.some((text) => text.includes('[2/2] Updating')));
    expect(await Promise.race([process.exited, Promise.resolve('running')])).toBe('running');
    expect(await process.exited).toEqual(code(0));
    expect(process.pid).toBeLessThan(0);
  });

  it('that changes something is interrupted: 127, no error, release "interrupted", machines mixed', async () => {
    const { start, run, adapter, imageOfRelease, cloud } = await drill('app-rollback');
    const process = await start('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    const output = collect(process);
    await until(() => cloud.read().machines.some((machine) => machine.release === 11));
    const before = await Promise.race([process.exited, Promise.resolve('running')]);
    expect(before).toBe('running');
    process.interrupt();
    const ran = await output;
    expect(ran.exit).toEqual(code(127));
    expect(ran.stdout).toContain('✖ [1/2] Machine 3d8d9014c56e89 [app] update canceled while it was in progress\n');
    expect(ran.stderr).not.toContain('Error');
    expect(cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'interrupted' });
    expect(cloud.read().machines.map((machine) => machine.release)).toEqual([11, 10]);
    // Its leases run out by themselves; the next deploy waits for that.
    const [lease] = cloud.read().leases;
    expect((lease?.expiresAt ?? 0) - adapter.clock.now()).toBeGreaterThan(5_000);
    expect((await run('fly', deployArgs(imageOfRelease(9)))).exit).toEqual(code(0));
    expect(adapter.clock.now()).toBeGreaterThan(lease?.expiresAt ?? 0);
  });

  it('that is killed does nothing more: its release stays "running" and its leases run out by themselves', async () => {
    const { start, run, adapter, imageOfRelease, cloud } = await drill('app-rollback');
    const process = await start('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    await until(() => cloud.read().machines.some((machine) => machine.release === 11));
    expect(await process.kill()).toBe(true);
    expect(await process.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
    expect(cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'running' });
    const [lease] = cloud.read().leases;
    expect((lease?.expiresAt ?? 0) - adapter.clock.now()).toBeGreaterThan(5_000);
    expect((await run('fly', deployArgs(imageOfRelease(9)))).exit).toEqual(code(0));
    expect(adapter.clock.now()).toBeGreaterThan(lease?.expiresAt ?? 0);
  });

  it.each([
    ['without --no-tail, though there are lines', [] as string[], (lines: number) => lines > 0],
    ['with --no-tail, when there is nothing to print', ['--no-tail'], (lines: number) => lines === 0],
  ])('fly logs %s never ends until it is interrupted', async (_when, flags, expected) => {
    const { start, adapter, scenario } = await drill('app-rollback', (loaded) =>
      flags.length > 0 ? { ...loaded, logs: [] } : loaded,
    );
    const process = await start('fly', ['logs', ...APP, ...flags]);
    const output = collect(process);
    await until(() => adapter.clock.now() > scenario.startAt + HOUR);
    expect(await Promise.race([process.exited, Promise.resolve('running')])).toBe('running');
    process.interrupt();
    const ran = await output;
    expect(ran.exit).toEqual(code(127));
    expect(expected(ran.stdout.split('\n').length - 1)).toBe(true);
  });

  it('fly logs that follow show what a deploy brings', async () => {
    const { start, run, imageOfRelease } = await drill('app-rollback');
    const process = await start('fly', ['logs', ...APP]);
    const output = collect(process);
    await run('fly', deployArgs(imageOfRelease(9)));
    process.interrupt();
    const { stdout } = await output;
    expect(stdout.match(/Successfully prepared image .*01K7EQGZ5T3WJ8R4P2Y6S0KHVA/g)).toHaveLength(2);
    expect(stdout.match(/listening on/g)).toHaveLength(2);
  });

  it('that is left ends, also when it hangs and ignores its interrupt', async () => {
    const { start, imageOfRelease } = await drill('deploy-ignores-interrupt');
    const process = await start('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    process.leave();
    expect(await process.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  it('that reads is stopped when its time is over; one that changes never is', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const ran = await run('fly', ['logs', ...APP], { timeoutMs: 30_000 });
    expect(ran.exit).toEqual({ kind: 'timeout', afterMs: 30_000 });
    expect(ran.stdout).toContain('agent service listening');
    const change = await run('fly', deployArgs(imageOfRelease(9)), { effect: 'change', timeoutMs: 1 });
    expect(change.exit).toEqual(code(0));
  });

  it('is refused for a tool that drills do not play', async () => {
    const { start, adapter } = await drill('app-rollback');
    await expect(start('docker', [])).rejects.toMatchObject({ code: 'tool-missing' });
    expect(await adapter.tools.locate('docker')).toBeNull();
    expect(await adapter.tools.locate('fly')).toEqual({ path: 'simulated:fly', version: '0.4.87' });
  });
});

describe('a drill that is taken up again', () => {
  it('finds its world as it was kept', async () => {
    const { scenario, adapter, run, imageOfRelease } = await drill('app-rollback');
    let kept = '';
    const cloud = memoryCloud(createCloud(scenario), (changed) => {
      kept = JSON.stringify(changed);
    });
    const first = simulatedAdapter(scenario, adapter.clock, cloud);
    const argv = ['simulated:fly', ...deployArgs(imageOfRelease(9))] as const;
    await (await first.spawner.spawn({ runId: 'a', argv, cwd: '/', env: {}, effect: 'change' })).exited;
    const again = simulatedAdapter(scenario, adapter.clock, memoryCloud(JSON.parse(kept) as SimulatedCloud));
    const status = ['simulated:fly', 'status', ...APP, '--json'] as const;
    const after = await collect(
      await again.spawner.spawn({ runId: 'b', argv: status, cwd: '/', env: {}, effect: 'read' }),
    );
    expect(parseStatus(after.stdout)).toMatchObject({
      version: 11,
      machines: [{ releaseVersion: 11 }, { releaseVersion: 11 }],
    });
    // The simulated cloud of the other drill is not affected.
    expect(parseStatus((await run('fly', ['status', ...APP, '--json'])).stdout).version).toBe(10);
  });
});

describe('the health address', () => {
  const url = 'https://hotdash-agent-service.fly.dev/health';

  it('answers the probe and curl alike, before and after the rollback', async () => {
    const { run, adapter, imageOfRelease } = await drill('app-rollback');
    expect(await adapter.http.get(url, 5_000)).toMatchObject({ kind: 'answer', status: 503, ms: 120 });
    expect(await run('curl', ['-fsS', '--max-time', '10', url])).toEqual({
      exit: code(22),
      stdout: '',
      stderr: 'curl: (22) The requested URL returned error: 503\n',
    });
    await run('fly', deployArgs(imageOfRelease(9)));
    expect(await adapter.http.get(url, 5_000)).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
    expect(await run('curl', ['-fsS', '--max-time', '10', url])).toEqual({
      exit: code(0),
      stdout: '{"status":"ok"}\n',
      stderr: '',
    });
  });

  it('is 503 while the only machine is replaced', async () => {
    const { start, adapter, imageOfRelease, cloud } = await drill('app-rollback', (scenario) => ({
      ...scenario,
      machines: scenario.machines.slice(0, 1),
    }));
    const process = await start('fly', deployArgs(imageOfRelease(9)));
    await until(() => cloud.read().machines[0]?.release === 11);
    expect(await adapter.http.get(url, 5_000)).toMatchObject({ status: 503, body: '' });
    await process.exited;
    expect(await adapter.http.get(url, 5_000)).toMatchObject({ status: 200 });
  });

  it('does not answer in time, or at all', async () => {
    const { run, adapter } = await drill('app-rollback');
    expect(await adapter.http.get(url, 50)).toMatchObject({ kind: 'no-answer', ms: 50 });
    expect(await adapter.http.get('https://other.example/health', 50)).toMatchObject({ kind: 'no-answer' });
    expect(await run('curl', ['-sS', 'https://other.example/health'])).toMatchObject({
      exit: code(6),
      stderr: 'curl: (6) Could not resolve host: other.example\n',
    });
    expect((await run('curl', ['-s', '-m', '0.05', url])).exit).toEqual(code(28));
  });

  it('is read by curl without -f as a success, with -w and --retry as curl does', async () => {
    const { run } = await drill('app-rollback');
    expect((await run('curl', ['-s', url])).exit).toEqual(code(0));
    expect((await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code} %{time_total}\\n', url])).stdout).toBe(
      '503 0.120000\n',
    );
    const retried = await run('curl', ['-fS', '--retry', '2', '--retry-all-errors', url]);
    expect(retried.exit).toEqual(code(22));
    expect(retried.stderr.match(/Will retry in/g)).toHaveLength(2);
    expect((await run('curl', ['--nonsense', url])).exit).toEqual(code(2));
  });

  it('lets an interrupt end curl by the signal', async () => {
    const { start } = await drill('app-rollback');
    const process = await start('curl', [url]);
    process.interrupt();
    expect(await process.exited).toEqual({ kind: 'signal', signal: 'SIGINT' });
  });
});

describe('drill time', () => {
  it('runs at its speed from its start, and can be taken up again', async () => {
    const base = steppingClock(1_000_000);
    const clock = drillClock(base, { speed: 60, startAt: 5_000 });
    expect(clock.now()).toBe(5_000);
    await clock.sleep(60_000);
    expect(clock.now()).toBe(65_000);
    expect(base.now()).toBe(1_001_000);
    expect(clock.monotonic()).toBe(60_000);
    expect(drillClock(base, { speed: 60, startAt: 5_000, wallStartAt: 1_000_000 }).now()).toBe(65_000);
  });
});
