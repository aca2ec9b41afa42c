import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { openProbe } from '../probe-window.ts';
import { expect, test } from '../shell-test.ts';
import { preloadOf, type Shell } from '../hosts/shell.ts';

/** A web server that records every request. */
async function site(): Promise<{ readonly origin: string; readonly visits: string[]; readonly server: Server }> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<!doctype html><h1>A foreign page</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits, server };
}

const windows = (shell: Shell): Promise<number> =>
  shell.evaluate(({ webContents }) => webContents.getAllWebContents().length);

/** Whether the page is still Rollbook's and connected. Without locators, which would wait for the form that was stopped. */
async function stays(page: Page): Promise<void> {
  const found = await page.evaluate(async () => {
    const { rollbook } = globalThis as unknown as {
      rollbook: { call: (...args: unknown[]) => Promise<{ ok: boolean }> };
    };
    return {
      headings: document.querySelectorAll('h1, h2').length > 0,
      foreign: document.body.textContent?.includes('A foreign page'),
      answered: (await rollbook.call('app.info', {})).ok,
    };
  });
  expect(found).toEqual({ headings: true, foreign: false, answered: true });
}

/** A navigation by the page, and the URL that the shell gets. SITE stands for the server's address. */
const WAYS: Readonly<Record<string, string>> = {
  'by location': "location.href = 'SITE/location'",
  'by replace': "location.replace('SITE/replace')",
  'by a link':
    "const a = document.createElement('a'); a.href = 'SITE/link'; document.body.append(a); a.click(); a.remove()",
  'by a form':
    "const f = document.createElement('form'); f.action = 'SITE/form'; document.body.append(f); f.submit(); f.remove()",
  'by a refresh':
    "const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=SITE/refresh'; document.head.append(m)",
  'to a file': "location.href = 'file:///etc/passwd'",
  'to another host of our scheme': "location.href = 'app://evil/index.html'",
  'to another scheme': "location.href = 'rollbook-evil://incident/1'",
  'to data': "location.href = 'data:text/html,<h1>A foreign page</h1>'",
  'by javascript:': "location.href = 'javascript:document.body.textContent=1'",
};

/** An app of this file alone: the first test needs a page that made only one call, and the last one submits a form. */
let own: Shell;

test.beforeAll(async ({ newStart }) => {
  own = await newStart()();
  await own.window();
});

test('after a prevented navigation the page still gets its pushes', async ({ folder }) => {
  const page = await own.window();
  const { origin, server } = await site();
  await page.evaluate(() => {
    const heard: string[] = [];
    type Listener = (payload: { readonly summary: { readonly id: string } }) => void;
    const { rollbook } = globalThis as unknown as { rollbook: { on: (name: string, listener: Listener) => void } };
    rollbook.on('incident.listed', ({ summary }) => void heard.push(summary.id));
    Object.assign(globalThis, { heard });
  });
  await own.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.once('will-frame-navigate', () => void Object.assign(globalThis, { asked: true }));
  });
  await page.evaluate((origin) => void (location.href = `${origin}/away`), origin);
  await expect.poll(() => own.evaluate(() => 'asked' in globalThis)).toBe(true);
  // Another window acts, so that this page makes no call.
  const other = await openProbe({ shell: own, folder, host: 'rollbook', preloadFile: await preloadOf(own) });
  const incidentId = await other.page.evaluate(async () => {
    type Call = (...args: unknown[]) => Promise<{ readonly value: { readonly incidentId: string } }>;
    const { rollbook } = globalThis as unknown as { rollbook: { call: Call } };
    const args = { intentId: '01JD0000000000000000000001', scenario: 'app-rollback', speed: 60, rowLine: null };
    return (await rollbook.call('drill.start', args)).value.incidentId;
  });
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  await expect.poll(heard).toContain(incidentId);
  server.close();
});

for (const [way, script] of Object.entries(WAYS)) {
  test(`the page does not leave: ${way}`, async ({ shell }) => {
    const { origin, visits, server } = await site();
    // Playwright waits forever after the policy stopped a form, so this is not done in the shared app.
    const page = await (way === 'by a form' ? own : shell).window();
    const before = page.url();
    await page.evaluate(`{ ${script.replace('SITE', origin)} }`);
    await stays(page);
    expect(page.url()).toBe(before);
    expect(visits).toEqual([]);
    server.close();
  });
}

test('no window is opened; only a parsed https: address goes to the system', async ({ shell }) => {
  const page = await shell.window();
  const before = await windows(shell);
  await shell.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  const addresses = [
    'http://127.0.0.1:9/plain',
    'file:///etc/passwd',
    'app://rollbook/index.html',
    'rollbook-evil://x',
    'javascript:alert(1)',
    'about:blank',
    'https://fly.io/dashboard',
  ];
  for (const url of addresses) {
    await page.evaluate((url) => {
      window.open(url, '_blank');
      const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
      document.body.append(link);
      link.click();
      link.remove();
    }, url);
  }
  await stays(page);
  const opened = () => shell.evaluate(() => (globalThis as never as { opened: string[] }).opened);
  await expect.poll(opened).toEqual(['https://fly.io/dashboard', 'https://fly.io/dashboard']);
  expect(await windows(shell)).toBe(before);
});

test('frames, webviews and plugins cannot be embedded', async ({ shell }) => {
  const page = await shell.window();
  const before = await windows(shell);
  const { origin, visits, server } = await site();
  const prevented = await shell.evaluate(({ BrowserWindow }) => {
    let prevented = 0;
    const event = { preventDefault: () => void (prevented += 1) };
    BrowserWindow.getAllWindows()[0]?.webContents.emit(
      'will-attach-webview',
      event,
      {},
      { src: 'https://evil.example/' },
    );
    return prevented;
  });
  expect(prevented).toBeGreaterThan(0);
  const frames = page.frames().length;
  await page.evaluate((origin) => {
    for (const tag of ['iframe', 'webview', 'embed', 'object']) {
      const element = document.createElement(tag);
      element.setAttribute(tag === 'object' ? 'data' : 'src', `${origin}/${tag}`);
      document.body.append(element);
      setTimeout(() => element.remove(), 500);
    }
  }, origin);
  await stays(page);
  await expect.poll(() => page.frames().length).toBe(frames);
  expect(visits).toEqual([]);
  expect(await windows(shell)).toBe(before);
  server.close();
});
