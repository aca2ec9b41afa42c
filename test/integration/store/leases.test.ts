import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { UNKNOWN, systemProbe, type ProcessProbe } from '#core/store/process-probe.ts';
import type { Store } from '#core/store/store.ts';
import { declare, failure, INCIDENT, open, temporaryFolder } from './sample.ts';

/** A fake table of processes with pid and start time, and a clock that the test sets. */
function cloud() {
  const alive = new Map([
    [1, 'mon'],
    [2, 'tue'],
  ]);
  const probe: ProcessProbe = { startTime: (pid) => alive.get(pid) ?? null };
  const clock = { now: 1_000_000 };
  const folder = temporaryFolder();
  const enter = (pid: number, host = 'laptop'): Promise<Store> =>
    open(folder, { session: `session-${pid}-${host}`, process: { pid, host, probe }, now: () => clock.now });
  return { alive, clock, enter };
}

describe('an incident has one lease', () => {
  it('taken, renewed and given back by its session', async () => {
    const { clock, enter } = cloud();
    const store = await enter(1);
    await declare(store);
    expect(store.leases.holder(INCIDENT)).toBeNull();
    const lease = {
      incidentId: INCIDENT,
      session: 'session-1-laptop',
      pid: 1,
      startTime: 'mon',
      host: 'laptop',
      heartbeat: 1_000_000,
    };
    expect(await store.leases.take(INCIDENT)).toEqual(lease);
    clock.now += 5_000;
    expect(await store.leases.heartbeat()).toEqual(new Set([INCIDENT]));
    expect(store.leases.holder(INCIDENT)).toEqual({ ...lease, heartbeat: 1_005_000 });
    expect(await store.leases.take(INCIDENT)).toEqual({ ...lease, heartbeat: 1_005_000 });
    await store.leases.release(INCIDENT);
    expect(store.leases.holder(INCIDENT)).toBeNull();
    expect(await store.leases.heartbeat()).toEqual(new Set());
    await expect(store.leases.take('nowhere')).rejects.toEqual(failure('not-found', 'nowhere'));
  });

  it('refused while its process lives, however long it was silent', async () => {
    const { clock, enter } = cloud();
    const [one, two] = [await enter(1), await enter(2)];
    await declare(one);
    const holder = await one.leases.take(INCIDENT);
    clock.now += 3_600_000;
    await expect(two.leases.take(INCIDENT)).rejects.toEqual(failure('lease-held', 'process 1', { holder }));
    await two.leases.release(INCIDENT);
    expect(one.leases.holder(INCIDENT)).toEqual(holder);
  });

  it('taken from a dead process, also when its pid was reused', async () => {
    const { alive, enter } = cloud();
    const [one, two] = [await enter(1), await enter(2)];
    await declare(one);
    await one.leases.take(INCIDENT);
    alive.set(1, 'wed');
    expect((await two.leases.take(INCIDENT)).pid).toBe(2);
    await two.leases.release(INCIDENT);
    await one.leases.take(INCIDENT);
    alive.delete(1);
    expect(two.leases.diedHolding(INCIDENT)).toBe(true);
    expect((await two.leases.take(INCIDENT)).pid).toBe(2);
    expect(two.leases.diedHolding(INCIDENT)).toBe(false);
  });

  it('kept by a process whose start time cannot be read', async () => {
    const { alive, enter } = cloud();
    const [one, two] = [await enter(1), await enter(2)];
    await declare(one);
    await one.leases.take(INCIDENT);
    alive.set(1, UNKNOWN);
    await expect(two.leases.take(INCIDENT)).rejects.toEqual(failure('lease-held'));
  });

  it('kept by another host until it has been silent for more than 15 s', async () => {
    const { clock, enter } = cloud();
    const [far, near] = [await enter(1, 'bastion'), await enter(2)];
    await declare(far);
    await far.leases.take(INCIDENT);
    clock.now += 15_000;
    await expect(near.leases.take(INCIDENT)).rejects.toEqual(failure('lease-held', 'bastion'));
    clock.now += 1;
    expect((await near.leases.take(INCIDENT)).host).toBe('laptop');
  });

  it('taken over from a living process, which learns it at its next heartbeat', async () => {
    const { enter } = cloud();
    const [one, two] = [await enter(1), await enter(2)];
    await declare(one);
    const held = await one.leases.take(INCIDENT);
    const { lease, from } = await two.leases.takeOver(INCIDENT);
    expect(from).toEqual(held);
    expect(two.leases.holder(INCIDENT)).toEqual(lease);
    expect(await one.leases.heartbeat()).toEqual(new Set());
    await expect(one.leases.take(INCIDENT)).rejects.toEqual(failure('lease-held', 'process 2'));
  });

  it('given back when the store closes', async () => {
    const { enter } = cloud();
    const [one, two] = [await enter(1), await enter(2)];
    await declare(one);
    await one.leases.take(INCIDENT);
    await one.close();
    expect(two.leases.holder(INCIDENT)).toBeNull();
    expect(two.leases.diedHolding(INCIDENT)).toBe(false);
  });
});

describe('the system probe', () => {
  it('knows a living process by a stable start time, and a killed one is gone even before it is reaped', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const pid = child.pid ?? -1;
    const started = systemProbe.startTime(pid);
    expect(started).not.toBeNull();
    expect(systemProbe.startTime(pid)).toBe(started);
    expect(systemProbe.startTime(process.pid)).not.toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(systemProbe.startTime(pid)).toBeNull();
  });
});
