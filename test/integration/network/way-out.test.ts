import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { machineFetch } from '#core/network/machine-fetch.ts';
import { wayOut } from '#core/network/way-out.ts';
import { postToSlack } from '#core/notifications/slack.ts';
import { askProviders } from '#core/platforms/status-pages.ts';
import { childEnvironment } from '#core/runner/environment.ts';
import { httpProbe } from '#core/runner/http-probe.ts';
import { systemClock } from '#core/system-ports.ts';
import { proxyServer } from '../../fixtures/proxy-server.ts';

const CERTIFICATES = join(import.meta.dirname, '../../fixtures/certificates');
const AUTHORITY = join(CERTIFICATES, 'authority.pem');

async function serve(secure: boolean, listener: RequestListener): Promise<string> {
  const [key, cert] = ['server.key', 'server.pem'].map((name) => readFileSync(join(CERTIFICATES, name)));
  const server = secure ? createSecureServer({ key, cert }, listener) : createServer(listener);
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${secure ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}/health`;
}

const well: RequestListener = (_request, response) => void response.end('well');
const probe = (variables: Record<string, string>, url: string) =>
  httpProbe(systemClock(), wayOut(variables)).get(url, 5_000);
const answered = { kind: 'answer', status: 200, body: 'well' };

describe('a probe', () => {
  it('asks a name that only the proxy knows through the proxy', async () => {
    const proxy = await proxyServer(onTestFinished, await serve(false, well));
    const address = 'http://ferry.pier.internal/health?deep=1';
    expect(await probe({ http_proxy: proxy.url }, address)).toMatchObject(answered);
    expect(proxy.asked).toEqual([address]);
  });

  it('asks over an encrypted connection through a tunnel', async () => {
    const proxy = await proxyServer(onTestFinished, await serve(true, well));
    const variables = { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: AUTHORITY };
    expect(await probe(variables, 'https://ferry.pier.internal/health')).toMatchObject(answered);
    expect(proxy.asked).toEqual(['CONNECT ferry.pier.internal:443']);
  });

  it('never asks this machine through the proxy', async () => {
    const own = await serve(false, well);
    const proxy = await proxyServer(onTestFinished, own);
    expect(await probe({ http_proxy: proxy.url, all_proxy: proxy.url }, own)).toMatchObject(answered);
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['http://ferry.pier.internal/', 'http_proxy'],
    ['https://ferry.pier.internal/', 'https_proxy'],
  ])('of %s says that the proxy wants a login', async (address, variable) => {
    const proxy = await proxyServer(onTestFinished, await serve(false, well), true);
    expect(await probe({ [variable]: proxy.url.replace('//', '//amy:hunter2@') }, address)).toMatchObject({
      kind: 'no-answer',
      reason: 'the proxy asks for a login (407)',
    });
  });

  it('says that the proxy is not there, without its password', async () => {
    const answer = await probe({ http_proxy: 'http://amy:hunter2@127.0.0.1:1' }, 'http://ferry.pier.internal/');
    expect(answer).toMatchObject({ kind: 'no-answer', reason: 'connection refused (through the proxy)' });
  });

  it.each([
    ['SSL_CERT_FILE', AUTHORITY],
    ['NODE_EXTRA_CA_CERTS', AUTHORITY],
    ['CURL_CA_BUNDLE', AUTHORITY],
    ['SSL_CERT_DIR', CERTIFICATES],
  ])('trusts the authority that %s names', async (name, path) => {
    const own = await serve(true, well);
    expect(await probe({ [name]: path }, own)).toMatchObject(answered);
    expect(await probe({ [name]: '/none' }, own)).toMatchObject({
      kind: 'no-answer',
      reason: expect.stringContaining('authority that this machine does not trust') as string,
    });
  });
});

describe('what Rollbook asks for itself', () => {
  it('posts to Slack through the proxy', async () => {
    const got: string[] = [];
    const slack = await serve(false, (request, response) => {
      void request.forEach((part: Buffer) => void got.push(part.toString())).then(() => response.end('ok'));
    });
    const proxy = await proxyServer(onTestFinished, slack);
    const send = machineFetch(wayOut({ http_proxy: proxy.url }));
    await postToSlack(new URL('http://hooks.pier.internal/services/T1'), 'rolled back', send);
    expect(got).toEqual(['{"text":"rolled back"}']);
    expect(proxy.asked).toEqual(['http://hooks.pier.internal/services/T1']);
  });

  it('reads a status page through the proxy, after its redirect', async () => {
    const page = await serve(false, (request, response) => {
      if (request.url === '/moved')
        response.end('{"incidents":[],"status":{"indicator":"none","description":"All Systems Operational"}}');
      else response.writeHead(302, { location: '/moved' }).end();
    });
    const proxy = await proxyServer(onTestFinished, page);
    const asked = await askProviders({
      environment: { ROLLBOOK_STATUS_FLY: 'http://status.pier.internal/a.json', ROLLBOOK_STATUS_SUPABASE: 'off' },
      now: () => 0,
      fetch: machineFetch(wayOut({ http_proxy: proxy.url })),
    })();
    expect(asked[0]?.standing).toEqual({ kind: 'operational' });
    expect(proxy.asked).toEqual(['http://status.pier.internal/a.json', 'http://status.pier.internal/moved']);
  });

  it('says that the proxy wants a login, and follows no redirect where it must not', async () => {
    const page = await serve(false, (_request, response) => void response.writeHead(302, { location: '/x' }).end());
    const proxy = await proxyServer(onTestFinished, page, true);
    const send = machineFetch(wayOut({ http_proxy: proxy.url }));
    await expect(postToSlack(new URL('http://hooks.pier.internal/s'), 'x', send)).rejects.toThrow('(407)');
    const tunnel = machineFetch(wayOut({ https_proxy: proxy.url }));
    await expect(postToSlack(new URL('https://hooks.pier.internal/s'), 'x', tunnel)).rejects.toThrow('(407)');
    const untrusted = await serve(true, well);
    await expect(postToSlack(new URL(untrusted), 'x')).rejects.toThrow('authority that this machine does not trust');
    await expect(machineFetch(wayOut({}))(page, { redirect: 'error' })).rejects.toThrow('fetch failed');
  });
});

describe('a command', () => {
  const ask = `require('https').get(process.argv[1], { rejectUnauthorized: true }, (r) => console.log(r.statusCode)).on('error', (e) => console.log(e.code))`;
  const told = async (source: Record<string, string>, url: string): Promise<string> => {
    const env = childEnvironment({ PATH: process.env['PATH'], ...source });
    return (await promisify(execFile)(process.execPath, ['-e', ask, url], { env })).stdout.trim();
  };

  it('keeps the authority that the engineer set for it', async () => {
    const url = await serve(true, well);
    expect(await told({ NODE_EXTRA_CA_CERTS: AUTHORITY }, url)).toBe('200');
    expect(await told({}, url)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });
});
