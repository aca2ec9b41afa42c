import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from '@playwright/test';
import { openProbe } from '../probe-window.ts';
import { expect, test } from '../shell-test.ts';
import { preloadOf } from '../hosts/shell.ts';

const ask = (place: Page | Frame): Promise<unknown> =>
  place.evaluate(() =>
    (globalThis as unknown as { rollbook: { call: (...args: unknown[]) => Promise<unknown> } }).rollbook.call(
      'incident.list',
      {},
    ),
  );

const REFUSED = { ok: false, error: { code: 'not-allowed' } };

test("a page of another host with Rollbook's scheme cannot call", async ({ shell, folder }) => {
  for (const host of ['evil', 'rollbook.evil', 'xrollbook']) {
    const { page, close } = await openProbe({ shell, folder, host, preloadFile: await preloadOf(shell) });
    expect(await ask(page)).toMatchObject(REFUSED);
    await close();
  }
});

test('a page of another scheme cannot call, whatever its host', async ({ shell, folder }) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><h1>Foreign</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { page, close } = await openProbe({ shell, folder, url, preloadFile: await preloadOf(shell) });
  expect(await ask(page)).toMatchObject(REFUSED);
  await close();
  server.close();
});

test("a subframe cannot call, even with Rollbook's address", async ({ shell, folder }) => {
  const files = {
    '/index.html': '<!doctype html><iframe src="/inner.html"></iframe><h1>Around</h1>',
    '/inner.html': '<!doctype html><h1>Inner</h1>',
  };
  const preloadFile = await preloadOf(shell);
  const options = { shell, folder, host: 'rollbook', files, preloadFile, subFrames: true, unlocked: true };
  const { page, close } = await openProbe(options);
  const inner = page.frames().find((frame) => frame.url().endsWith('/inner.html'));
  if (inner === undefined) throw new Error('The frame is not there.');
  expect(await ask(inner)).toMatchObject(REFUSED);
  // The main frame has Rollbook's scheme and host: it is refused because it is not in the main window.
  expect(await ask(page)).toMatchObject({ ok: true });
  await close();
});
