import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startLoopback } from '../../../electron/loopback/start.ts';
import { fakeCore } from './fake-core.ts';
import { PAGE, raw, request, running, SECRET_TEXT, statusOf } from './harness.ts';

const headersOf = (response: string): string => response.slice(0, response.indexOf('\r\n\r\n'));

describe('the files of the window', () => {
  it('serves the page and its assets, with their types', async () => {
    const { port } = await running();
    const page = await request(port, 'GET', '/');
    expect(statusOf(page)).toBe(200);
    expect(page).toContain('Content-Type: text/html; charset=utf-8');
    expect(page.endsWith(PAGE)).toBe(true);
    const script = await request(port, 'GET', '/assets/main.js?v=1');
    expect(statusOf(script)).toBe(200);
    expect(script).toContain('Content-Type: text/javascript; charset=utf-8');
  });

  it('answers HEAD like GET without a body', async () => {
    const { port } = await running();
    const head = await request(port, 'HEAD', '/');
    expect(head).toContain(`Content-Length: ${PAGE.length}`);
    expect(head.endsWith('\r\n\r\n')).toBe(true);
  });

  it.each([
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e%2foutside.txt',
    '/..%5coutside.txt',
    '/..\\outside.txt',
    '/%252e%252e/outside.txt',
    '/../window-other/outside.txt',
    '//outside.txt',
    '/.hidden',
    '/%2ehidden',
    '/link.txt',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/%ff',
    '/missing.js',
    '/etc/passwd',
    '//etc/passwd',
  ])('does not serve %s', async (path) => {
    const { port } = await running();
    const response = await request(port, 'GET', path);
    expect(statusOf(response)).toBe(404);
    expect(response).not.toContain(SECRET_TEXT);
    expect(response).not.toContain('root:');
  });

  it('refuses to start without a built window, and says what to do', async () => {
    const { folder } = await running();
    await expect(startLoopback({ core: fakeCore(), windowFolder: `${folder}/nothing` })).rejects.toMatchObject({
      code: 'environment',
      advice: expect.stringContaining('npm start') as string,
    });
  });
});

describe('the gate', () => {
  it.each(['localhost:PORT', '127.0.0.1', '127.0.0.1:1', 'evil.example', 'evil.example:PORT', '[::1]:PORT', ''])(
    'refuses Host "%s"',
    async (name) => {
      const { port } = await running();
      const response = await request(port, 'GET', '/', { Host: name.replace('PORT', String(port)) });
      expect(statusOf(response)).toBe(421);
      expect(response).not.toContain(PAGE);
    },
  );

  it('refuses a missing and a doubled Host, and an absolute address', async () => {
    const { port } = await running();
    expect(statusOf(await raw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(421);
    const two = `Host: 127.0.0.1:${port}\r\nHost: evil.example\r\n`;
    expect([400, 421]).toContain(statusOf(await raw(port, `GET / HTTP/1.1\r\n${two}Connection: close\r\n\r\n`)));
    expect(statusOf(await request(port, 'GET', `http://127.0.0.1:${port}/`))).toBe(400);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])('refuses %s for a file', async (method) => {
    const { port } = await running();
    expect(statusOf(await request(port, method, '/'))).toBe(405);
  });

  it('refuses GET for the session', async () => {
    const { port } = await running();
    const response = await request(port, 'GET', '/session');
    expect(statusOf(response)).toBe(405);
    expect(response).toContain('Allow: POST');
  });

  it('listens on 127.0.0.1 and on no other address of this machine', async () => {
    const { port } = await running();
    const others = Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .map(({ address }) => address)
      .filter((address) => address !== '127.0.0.1');
    const reached = (address: string): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect({ host: address, port, timeout: 2_000 });
        const end = (yes: boolean) => () => {
          socket.destroy();
          resolve(yes);
        };
        socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
      });
    expect(await reached('127.0.0.1')).toBe(true);
    // On Linux all of 127/8 is this machine: a listener on all addresses would answer here.
    for (const address of ['127.0.0.2', '::1', ...others])
      expect([address, await reached(address)]).toEqual([address, false]);
  });

  it('says so when the port is taken', async () => {
    const { port, folder } = await running();
    const second = startLoopback({ core: fakeCore(), windowFolder: `${folder}/window`, port });
    await expect(second).rejects.toMatchObject({ code: 'environment', message: `Port ${port} on 127.0.0.1 is taken.` });
  });
});

describe('the headers of every answer', () => {
  it('has the policy, whatever was asked', async () => {
    const { port } = await running({ limits: { bodyBytes: 10 } });
    const session = { 'Content-Type': 'application/json', Origin: `http://127.0.0.1:${port}` };
    const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' };
    const answers: Record<number, string> = {};
    for (const response of [
      await request(port, 'GET', '/'),
      await request(port, 'GET', '/missing'),
      await request(port, 'PUT', '/'),
      await request(port, 'GET', '/', { Host: 'evil.example' }),
      await request(port, 'POST', '/session', { Origin: 'null' }),
      await request(port, 'POST', '/session', { ...session, 'Content-Type': 'text/plain' }),
      await request(port, 'POST', '/session', { ...session, 'Content-Length': '11' }, '{"token":1}'),
      await request(port, 'GET', '/', { Expect: 'much' }),
      await request(port, 'GET', '/', { 'X-Long': 'x'.repeat(20_000) }),
      await request(port, 'GET', '/socket', upgrade),
      await raw(port, 'nonsense\r\n\r\n'),
    ]) {
      answers[statusOf(response)] = headersOf(response);
    }
    expect(Object.keys(answers)).toEqual(['200', '400', '403', '404', '405', '413', '415', '417', '421', '431']);
    const policy =
      `Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; ` +
      `font-src 'self'; connect-src 'self' ws://127.0.0.1:${port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    for (const headers of Object.values(answers)) {
      const lines = headers.split('\r\n');
      expect(lines).toContain(policy);
      expect(lines).toContain('X-Content-Type-Options: nosniff');
      expect(lines).toContain('Referrer-Policy: no-referrer');
      expect(lines).toContain('Cache-Control: no-store');
      expect(lines).toContain('Cross-Origin-Opener-Policy: same-origin');
      expect(lines).toContain('Cross-Origin-Resource-Policy: same-origin');
      expect(headers).not.toMatch(/Set-Cookie|Access-Control|Server:|X-Powered-By/iu);
    }
  });
});

describe('slow and greedy peers', () => {
  it('ends a request whose headers never end', async () => {
    const { port } = await running({ limits: { headersMs: 50, checkMs: 20 } });
    expect(statusOf(await raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `))).toBe(408);
  });

  it('ends a request whose body never ends', async () => {
    const { port } = await running({ limits: { headersMs: 50, requestMs: 80, checkMs: 20 } });
    const origin = `http://127.0.0.1:${port}`;
    const head = `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\n`;
    // Whatever it answers, it closes the connection: `raw` resolves then.
    expect(await raw(port, `${head}Content-Length: 50\r\n\r\n{`)).not.toContain('200 OK');
  });

  it('ends a connection that never says anything', async () => {
    const { port } = await running({ limits: { headersMs: 50, requestMs: 80, checkMs: 20 } });
    expect(await raw(port, '')).not.toContain('200 OK');
  });

  it('refuses a body over the limit, announced or not', async () => {
    const { port, token } = await running();
    const headers = { 'Content-Type': 'application/json', Origin: `http://127.0.0.1:${port}` };
    expect(
      statusOf(await request(port, 'POST', '/session', { ...headers, 'Content-Length': String(64 * 1024 + 1) })),
    ).toBe(413);
    const chunk = 'x'.repeat(40_000);
    const chunked = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(2);
    const response = await request(
      port,
      'POST',
      '/session',
      { ...headers, 'Transfer-Encoding': 'chunked' },
      `${chunked}0\r\n\r\n`,
    );
    expect(statusOf(response)).toBe(413);
    expect(response).not.toContain(token);
  });

  it('takes no more connections than it may', async () => {
    const { port } = await running({ limits: { connections: 1 } });
    const first = connect(port, '127.0.0.1');
    await new Promise((resolve) => first.on('connect', resolve));
    expect(await request(port, 'GET', '/')).toBe('');
    first.destroy();
  });
});
