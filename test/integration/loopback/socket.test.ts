import { describe, expect, it } from 'vitest';
import { RollbookError } from '#shared/api/result.ts';
import { fakeCore, outputPush } from './fake-core.ts';
import { admitted, openSocket, request, running, secretFor, statusOf } from './harness.ts';

describe('the upgrade', () => {
  it.each(['null', 'http://evil.example', 'http://localhost:PORT', 'https://127.0.0.1:PORT'])(
    'refuses Origin "%s"',
    async (origin) => {
      const { host, port, core } = await running();
      const headers = { Origin: origin.replace('PORT', String(port)) };
      await expect(openSocket(host, '/socket', headers)).rejects.toThrow('refused 403');
      expect(core.connections).toEqual([]);
    },
  );

  it('refuses a missing Origin, a wrong Host, another path and another protocol', async () => {
    const { host, port } = await running();
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    expect(statusOf(await request(port, 'GET', '/socket', upgrade))).toBe(403);
    expect(statusOf(await request(port, 'GET', '/socket', { ...upgrade, Origin: host.origin, Upgrade: 'h2c' }))).toBe(
      400,
    );
    await expect(openSocket(host, '/socket', { Host: 'evil.example' })).rejects.toThrow('refused 421');
    await expect(openSocket(host, '/elsewhere')).rejects.toThrow('refused 404');
  });
});

describe('the greeting', () => {
  it('admits a window with a secret, as often as it comes back', async () => {
    const { host, core } = await running();
    const secret = await secretFor(host);
    for (const count of [1, 2]) {
      const window = await openSocket(host);
      window.send({ secret });
      await window.until((frames) => frames.length > 0);
      expect(window.frames).toEqual([{ ready: true }]);
      expect(core.connections).toHaveLength(count);
      expect(host.windows()).toBe(count);
    }
  });

  it('closes a socket with a wrong secret, without a word to the core', async () => {
    const { host, core } = await running();
    const secret = await secretFor(host);
    for (const greeting of [
      { secret: `${secret}x` },
      { secret: '' },
      { secret: 1 },
      {},
      'text',
      { id: 1, call: 'app.info', args: {} },
    ]) {
      const window = await openSocket(host);
      window.send(greeting);
      expect(await window.closed).toBe(4401);
      expect(window.frames).toEqual([]);
    }
    expect(core.connections).toEqual([]);
  });

  it('closes a socket that says nothing', async () => {
    const { host, core } = await running({ limits: { greetingMs: 30 } });
    const window = await openSocket(host);
    expect(await window.closed).toBe(4408);
    expect(core.connections).toEqual([]);
  });
});

describe('calls', () => {
  it('go to the core and come back with their id, whichever is ready first', async () => {
    const slow = Promise.withResolvers<void>();
    const core = fakeCore(async (name, args) => {
      if (name === 'incident.list') await slow.promise;
      return { ok: true, value: { name, args } };
    });
    const { host } = await running({}, core);
    const window = await admitted(host);
    window.send({ id: 7, call: 'incident.list', args: {} });
    window.send({ id: 8, call: 'incident.open', args: { incidentId: 'i1' } });
    await window.until((frames) => frames.length === 2);
    slow.resolve();
    await window.until((frames) => frames.length === 3);
    expect(window.frames.slice(1)).toEqual([
      { id: 8, result: { ok: true, value: { name: 'incident.open', args: { incidentId: 'i1' } } } },
      { id: 7, result: { ok: true, value: { name: 'incident.list', args: {} } } },
    ]);
  });

  it('answer with an envelope when the core fails, also when it throws', async () => {
    const core = fakeCore((name) => {
      if (name === 'a') return { ok: false, error: { code: 'conflict', message: 'Too late.', advice: 'Look again.' } };
      if (name === 'b') throw new RollbookError('disk-full', 'The disk is full.', 'Make room.');
      if (name === 'c') throw new Error('a fault');
      return { ok: true, value: 10n };
    });
    const { host } = await running({}, core);
    const window = await admitted(host);
    for (const [index, call] of ['a', 'b', 'c', 'd'].entries()) {
      window.send({ id: index, call, args: {} });
      await window.until((frames) => frames.length === index + 2);
    }
    expect(window.frames.slice(1)).toEqual([
      { id: 0, result: { ok: false, error: { code: 'conflict', message: 'Too late.', advice: 'Look again.' } } },
      {
        id: 1,
        result: { ok: false, error: { code: 'disk-full', message: 'The disk is full.', advice: 'Make room.' } },
      },
      { id: 2, result: { ok: false, error: { code: 'internal', message: 'a fault' } } },
      {
        id: 3,
        result: { ok: false, error: { code: 'internal', message: expect.stringContaining('BigInt') as string } },
      },
    ]);
  });

  it('are bounded in number, and the window hears of it', async () => {
    const gate = Promise.withResolvers<void>();
    const { host, core } = await running(
      { limits: { callsInFlight: 2 } },
      fakeCore(async () => {
        await gate.promise;
        return { ok: true, value: null };
      }),
    );
    const window = await admitted(host);
    for (const id of [1, 2, 3]) window.send({ id, call: 'incident.list', args: {} });
    await window.until((frames) => frames.length === 2);
    expect(window.frames[1]).toMatchObject({ id: 3, result: { ok: false, error: { code: 'environment' } } });
    gate.resolve();
    await window.until((frames) => frames.length === 4);
    expect(core.connections[0]?.calls).toHaveLength(2);
  });

  it.each([
    ['text that is no JSON', Buffer.from('{'), false, 1008],
    ['a frame without a call', Buffer.from('{"id":1}'), false, 1008],
    ['a binary frame', Buffer.from('{"id":1,"call":"app.info"}'), true, 1008],
    ['a frame over the limit', Buffer.alloc(2 * 1024 * 1024 + 1, 'x'), false, 1009],
  ])('end the socket for %s', async (_what, bytes, binary, code) => {
    const { host, core } = await running();
    const window = await admitted(host);
    window.socket.send(bytes, { binary });
    expect(await window.closed).toBe(code);
    expect(core.connections[0]?.calls).toEqual([]);
    // Other windows are not affected.
    await admitted(host);
  });
});

describe('pushes', () => {
  it('arrive in order, each window its own', async () => {
    const { host, core } = await running();
    const one = await admitted(host);
    const two = await admitted(host);
    for (let from = 0; from < 500; from += 1) core.connections[0]?.send(outputPush(from));
    core.connections[1]?.send(outputPush(-1));
    await one.until((frames) => frames.length === 501);
    await two.until((frames) => frames.length === 2);
    expect(one.frames.slice(1)).toEqual(Array.from({ length: 500 }, (_, from) => ({ push: outputPush(from) })));
    expect(two.frames[1]).toEqual({ push: outputPush(-1) });
  });

  it('never pile up for a window that does not read: it is cut off, and what it got has no gap', async () => {
    const { host, core } = await running({ limits: { waitingBytes: 200_000 } });
    const window = await admitted(host);
    window.socket.pause();
    const text = 'x'.repeat(50_000);
    let from = 0;
    while (host.windows() > 0 && from < 5_000) {
      core.connections[0]?.send(outputPush(from, text));
      from += 1;
      // Gives the sockets time: a window that was disconnected would be noticed here.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(from).toBeLessThan(5_000);
    expect(core.connections[0]?.closed).toBe(true);
    core.connections[0]?.send(outputPush(from, text));
    window.socket.resume();
    await window.closed;
    const got = window.frames.flatMap((frame) =>
      'push' in frame && frame.push.name === 'run.output' ? [frame.push.payload.from] : [],
    );
    expect(got).toEqual(Array.from({ length: got.length }, (_, index) => index));
    expect(got.length).toBeLessThan(from);
  });

  it('stop when the window is gone, and the core hears of it', async () => {
    const gone = Promise.withResolvers<void>();
    const { host, core } = await running({ onWindows: (windows) => windows === 0 && gone.resolve() });
    const window = await admitted(host);
    window.socket.close();
    await gone.promise;
    expect(core.connections[0]?.closed).toBe(true);
    expect(() => core.connections[0]?.send(outputPush(0))).not.toThrow();
  });
});

describe('the end', () => {
  it('tells the windows, ends their connections and frees the port', async () => {
    const { host, core, port } = await running();
    const window = await admitted(host);
    const stranger = await openSocket(host);
    await Promise.all([host.close(), host.close()]);
    await host.ended;
    expect(await window.closed).toBe(1001);
    await stranger.closed;
    expect(core.connections[0]?.closed).toBe(true);
    await expect(request(port, 'GET', '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is not held up by a window that does not answer', async () => {
    const { host } = await running();
    const window = await admitted(host);
    window.socket.pause();
    await host.close();
    await host.ended;
    expect(host.windows()).toBe(0);
  });

  it('comes by itself after a while without windows, but not while a changing command runs', async () => {
    const looked = Promise.withResolvers<void>();
    const core = fakeCore();
    let looks = 0;
    core.running = () => {
      looks += 1;
      if (looks === 3) looked.resolve();
      return looks <= 3 ? [{ incidentId: 'i', runId: 'r', shown: 'fly deploy' }] : [];
    };
    const { host } = await running({ idleMinutes: 0.0003 }, core);
    await looked.promise;
    await host.ended;
    expect(looks).toBe(4);
  });
});
