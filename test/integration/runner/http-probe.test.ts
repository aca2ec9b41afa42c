import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { httpProbe } from '#core/runner/http-probe.ts';
import { systemClock } from '#core/system-ports.ts';

const servers: Server[] = [];
const probe = httpProbe(systemClock());

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
}

describe('a probe', () => {
  it('tells status and body, whatever the status', async () => {
    const url = await serve((request, response) => response.writeHead(503).end(`${request.method} ${request.url}`));
    expect(await probe.get(url, 5_000)).toMatchObject({ kind: 'answer', status: 503, body: 'GET /health' });
  });

  it('follows no redirect', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/login' }).end());
    expect(await probe.get(url, 5_000)).toMatchObject({ kind: 'answer', status: 302, body: '' });
  });

  it('cuts a body at 4,096 characters, even one without an end', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      response.write('\u00e9'.repeat(10_000));
    });
    const answer = await probe.get(url, 5_000);
    expect(answer.kind === 'answer' && answer.body).toBe('\u00e9'.repeat(4_096));
  });

  it('waits no longer than it was told, for the head and for the body', async () => {
    const silent = await serve(() => undefined);
    const stuck = await serve((_request, response) => void response.writeHead(200).write('x'));
    for (const url of [silent, stuck]) {
      expect(await probe.get(url, 80)).toMatchObject({ kind: 'no-answer', reason: 'no answer within 80 ms' });
    }
  });

  it('opens a new connection each time', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    await probe.get(url, 5_000);
    await probe.get(url, 5_000);
    expect(ports.size).toBe(2);
  });

  it.each([
    ['http://127.0.0.1:1/', 'connection refused'],
    ['http://name.invalid/', 'the name cannot be resolved'],
    ['not an address', 'Invalid URL'],
    ['file:///etc/passwd', 'file: is not an address of a web page'],
  ])('of %s says what is wrong', async (url, reason) => {
    expect(await probe.get(url, 5_000)).toMatchObject({ kind: 'no-answer', reason: expect.stringContaining(reason) });
  });

  it('says that a connection was cut', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await probe.get(url, 5_000)).toMatchObject({
      kind: 'no-answer',
      reason: expect.stringContaining('connection was cut'),
    });
  });
});
