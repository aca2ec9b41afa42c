import { describe, expect, it, onTestFinished } from 'vitest';
import type { Bridge } from '#shared/api/bridge.ts';
import { connectLoopback, waitBefore } from '../../../renderer/bridge/loopback.ts';
import { startLoopback } from '../../../electron/loopback/start.ts';
import { fakeCore, outputPush } from './fake-core.ts';
import { running } from './harness.ts';
import { type Tab, tab } from '../../fixtures/loopback-tab.ts';

function bridgeIn(place: Tab): Bridge {
  onTestFinished(() => {
    place.hold = true;
    for (const socket of place.sockets) socket.terminate();
  });
  return connectLoopback(place);
}

/** Resolves when the bridge reports this state. */
const untilConnected = (bridge: Bridge, wanted: boolean): Promise<void> =>
  new Promise((resolve) => bridge.onConnection((connected) => connected === wanted && resolve()));

describe('the first connection', () => {
  it('spends the token, keeps the secret, and lets calls wait until it is there', async () => {
    const { host } = await running();
    const place = tab(host, host.url);
    const bridge = bridgeIn(place);
    const states: boolean[] = [];
    bridge.onConnection((connected) => states.push(connected));
    const answers = await Promise.all([
      bridge.call('app.info', {}),
      bridge.call('incident.open', { incidentId: 'i1' }),
    ]);
    expect(answers).toEqual([
      { ok: true, value: { name: 'app.info', args: {} } },
      { ok: true, value: { name: 'incident.open', args: { incidentId: 'i1' } } },
    ]);
    expect(states).toEqual([false, true]);
    expect(place.takeToken()).toBeNull();
    expect(place.stored.size).toBe(1);
  });

  it('goes on after a reload of the tab with the stored secret', async () => {
    const { host, core } = await running();
    const first = tab(host, host.url);
    await bridgeIn(first).call('app.info', {});
    const again = bridgeIn(tab(host, null, first.stored));
    expect(await again.call('app.info', {})).toMatchObject({ ok: true });
    expect(core.connections).toHaveLength(2);
  });

  it('goes on with the stored secret when the address still has the spent token', async () => {
    const { host } = await running();
    const first = tab(host, host.url);
    await bridgeIn(first).call('app.info', {});
    expect(await bridgeIn(tab(host, host.url, first.stored)).call('app.info', {})).toMatchObject({ ok: true });
  });

  it('is refused with what to do: a used link, no link, a session of an earlier start', async () => {
    const { host } = await running();
    await bridgeIn(tab(host, host.url)).call('app.info', {});
    expect(await bridgeIn(tab(host, host.url)).call('app.info', {})).toMatchObject({
      ok: false,
      error: { code: 'not-allowed', message: expect.stringContaining('used already') as string },
    });
    expect(await bridgeIn(tab(host, null)).call('app.info', {})).toMatchObject({
      ok: false,
      error: { code: 'not-allowed', advice: expect.stringContaining('Start again') as string },
    });
    const stale = new Map([['secret', 'of an earlier start']]);
    const bridge = bridgeIn(tab(host, null, stale));
    expect(await bridge.call('app.info', {})).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('belongs to a Rollbook that has ended') as string },
    });
    // Final: a later call gets the same error, and the secret is not sent again.
    expect(await bridge.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(stale.size).toBe(0);
  });

  it('does not let calls wait for ever when nobody answers', async () => {
    const { host } = await running();
    const place = tab(host, host.url);
    await host.close();
    const bridge = bridgeIn(place);
    expect(await bridge.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'environment' } });
    expect(place.waits.slice(0, 4)).toEqual([100, 200, 400, 800]);
  });
});

describe('pushes', () => {
  it('reach those who listen to their name, in order, until they stop', async () => {
    const { host, core } = await running();
    const bridge = bridgeIn(tab(host, host.url));
    const got: number[] = [];
    const twice = ({ from }: { readonly from: number }): void => void got.push(from);
    const stop = bridge.on('run.output', twice);
    bridge.on('run.output', twice);
    bridge.on('incident.events', () => got.push(-1));
    await bridge.call('app.info', {});
    core.connections[0]?.send(outputPush(1));
    core.connections[0]?.send(outputPush(2));
    await bridge.call('app.info', {});
    stop();
    core.connections[0]?.send(outputPush(3));
    await bridge.call('app.info', {});
    expect(got).toEqual([1, 1, 2, 2, 3]);
  });
});

describe('a lost connection', () => {
  it('is told with what to do; to a Rollbook that was started anew on the same port: that it has a new link', async () => {
    const first = await running();
    const place = tab(first.host, first.host.url);
    const bridge = bridgeIn(place);
    await bridge.call('app.info', {});
    const told: (string | null)[] = [];
    bridge.onConnection((_connected, why) => told.push(why === null ? null : `${why.message} ${why.advice}`));
    place.hold = true;
    await first.host.close();
    await untilConnected(bridge, false);
    expect(told).toEqual([null, expect.stringContaining('open the new link')]);
    await running({ port: first.port });
    const refused = new Promise<void>((resolve) => bridge.onConnection(() => told.length > 2 && resolve()));
    place.hold = false;
    place.release();
    await refused;
    expect(told[2]).toContain('belongs to a Rollbook that has ended. The one that runs now has a new link.');
    expect(told[2]).toContain('printed in its terminal');
  });

  it('fails what waits and what comes, then comes back by itself with the same session', async () => {
    const core = fakeCore((name) =>
      name === 'incident.list' ? new Promise(() => undefined) : { ok: true, value: name },
    );
    const { host } = await running({}, core);
    const place = tab(host, host.url);
    const bridge = bridgeIn(place);
    await bridge.call('app.info', {});
    const states: boolean[] = [];
    bridge.onConnection((connected) => states.push(connected));
    place.hold = true;
    const pending = bridge.call('incident.list', {});
    place.sockets[0]?.terminate();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'environment' } });
    expect(await bridge.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'environment' } });
    place.hold = false;
    place.release();
    await untilConnected(bridge, true);
    expect(await bridge.call('app.info', {})).toEqual({ ok: true, value: 'app.info' });
    expect(states).toEqual([true, false, true]);
    expect(core.connections).toHaveLength(2);
    expect(core.connections[0]?.closed).toBe(true);
    // After a successful connection the delays start again.
    place.sockets[1]?.terminate();
    await untilConnected(bridge, false);
    await untilConnected(bridge, true);
    expect(place.waits).toEqual([100, 100]);
  });

  it('ends for good when another Rollbook answers at the same port', async () => {
    const { host, folder, port } = await running();
    const place = tab(host, host.url);
    const bridge = bridgeIn(place);
    await bridge.call('app.info', {});
    place.hold = true;
    await Promise.all([untilConnected(bridge, false), host.close()]);
    const other = await startLoopback({ core: fakeCore(), windowFolder: `${folder}/window`, linkParent: folder, port });
    onTestFinished(() => other.close());
    place.hold = false;
    place.release();
    // Until it is refused, the connection counts as lost.
    let answer = await bridge.call('app.info', {});
    while (!answer.ok && answer.error.code === 'environment') {
      await new Promise((resolve) => setImmediate(resolve));
      answer = await bridge.call('app.info', {});
    }
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(place.stored.size).toBe(0);
  });

  it('is tried again quickly at first and every five seconds later', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(waitBefore)).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  });
});
