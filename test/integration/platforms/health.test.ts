/** What counts as healthy is declared, and every reader of an address follows it. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askHealth } from '#core/engine/health.ts';
import { httpProbe } from '#core/runner/http-probe.ts';
import { healthAnswers } from '#shared/platforms/health.ts';
import type { HealthCheck } from '#shared/runbook/service.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { healthChecksOf } from '#shared/runbook/services.ts';
import { systemPorts } from '#core/system-ports.ts';

const PAGES: RequestListener = (request, response) => {
  const pages: Readonly<Record<string, () => void>> = {
    '/204': () => response.writeHead(204).end(),
    '/401': () => response.writeHead(401).end('log in'),
    '/301': () => response.writeHead(301, { location: '/ok' }).end(),
    '/loop': () => response.writeHead(302, { location: '/loop' }).end(),
    '/file': () => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/ok': () => response.writeHead(200, { 'x-ready': 'yes, all' }).end('{"status":"up"}'),
    '/503': () => response.writeHead(503).end(),
  };
  (pages[request.url ?? ''] ?? (() => response.writeHead(404).end()))();
};

async function server(): Promise<string> {
  const pages = createServer(PAGES).listen(0, '127.0.0.1');
  onTestFinished(() => void pages.close());
  await new Promise((resolve) => pages.once('listening', resolve));
  return `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
}

/** The checks that this front matter declares, as the parser reads them. */
function declared(health: string): readonly HealthCheck[] {
  const text = `---\nrollbook: 1\nservices:\n  pier:\n    title: Pier\n    platform: fly\n    health: ${health}\n---\n# Pier\n`;
  return healthChecksOf(parseRunbook(Buffer.from(text), 'pier.md').model, 'pier');
}

async function ask(health: string) {
  const [first, ...others] = declared(health);
  if (first === undefined) throw new Error('no check');
  const answer = await askHealth(httpProbe(systemPorts().clock), [first, ...others]);
  return healthAnswers([answer, answer, answer]);
}

describe('what counts as healthy', () => {
  it.each([
    ['"AT/ok"', true, 'answered 200 3 times'],
    ['"AT/204"', false, 'answered 204.'],
    ['{ url: "AT/204", status: [204] }', true, 'answered 204 3 times'],
    ['{ url: "AT/ok", status: [204] }', false, 'answered 200, not 204'],
    ['{ url: "AT/401", status: [200, 401] }', true, 'answered 401 3 times'],
    ['{ url: "AT/301", status: [301] }', true, 'answered 301 3 times'],
    ['{ url: "AT/301" }', false, 'answered 301.'],
    ['{ url: "AT/301", redirects: 1 }', true, 'answered 200 3 times'],
    ['{ url: "AT/loop", redirects: 3 }', false, 'answered 302.'],
    ['{ url: "AT/file", redirects: 3 }', false, 'answered 302.'],
    ['{ url: "AT/ok", header: "X-Ready" }', true, 'answered 200 3 times'],
    ['{ url: "AT/ok", header: "X-Ready: yes" }', true, 'answered 200 3 times'],
    ['{ url: "AT/ok", header: "X-Ready: no" }', false, 'with X-Ready: yes, all, not "no"'],
    ['{ url: "AT/204", status: [204], header: X-Ready }', false, 'without the header X-Ready'],
    ['{ url: "AT/ok", body: \'"up"\' }', true, 'answered 200 3 times'],
    ['{ url: "AT/ok", body: ready }', false, 'without "ready"'],
    ['["AT/ok", { url: "AT/204", status: [204] }]', true, 'answered 200 3 times'],
    ['["AT/ok", "AT/503"]', false, 'AT/503 answered 503'],
  ])('%s is %s', async (health, met, detail) => {
    const at = await server();
    expect(await ask(health.replaceAll('AT', at))).toMatchObject({
      met,
      detail: expect.stringContaining(detail.replaceAll('AT', at)) as string,
    });
  });
});
