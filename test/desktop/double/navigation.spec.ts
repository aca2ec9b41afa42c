import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openProbe } from '../probe-window.ts';
import { expect, test } from '../shell-test.ts';
import type { Shell } from '../hosts/shell.ts';

/** Records the navigation events of a window from now on, and prevents those that can be prevented. */
async function watch(shell: Shell, id: number): Promise<() => Promise<readonly string[]>> {
  await shell.evaluate(({ BrowserWindow }, id) => {
    const seen: string[] = [];
    Object.assign(globalThis, { [`seen${id}`]: seen });
    const contents = BrowserWindow.fromId(id)?.webContents;
    const note = (name: string) => (details: { url: string; isSameDocument?: boolean }) =>
      void seen.push(`${name} ${details.url}${details.isSameDocument === true ? ' in page' : ''}`);
    contents?.on('did-start-navigation', note('did-start-navigation'));
    contents?.on('will-frame-navigate', note('will-frame-navigate'));
    contents?.on('will-navigate', note('will-navigate'));
    contents?.on('will-navigate', (event) => event.preventDefault());
    contents?.on('did-navigate', (_event, url) => void seen.push(`did-navigate ${url}`));
  }, id);
  return () =>
    shell.evaluate((_electron, id) => (globalThis as never as Record<string, string[]>)[`seen${id}`] ?? [], id);
}

test('a navigation by the page emits its events in order and can be prevented; the page stays', async ({
  shell,
  folder,
}) => {
  const { page, id, close } = await openProbe({ shell, folder, unlocked: true });
  const seen = await watch(shell, id);
  await page.evaluate(() => void (location.href = 'app://probe/elsewhere.html'));
  const url = 'app://probe/elsewhere.html';
  const wanted = [`did-start-navigation ${url}`, `will-frame-navigate ${url}`, `will-navigate ${url}`];
  await expect.poll(seen).toEqual(wanted);
  await expect(page.getByRole('heading', { name: 'Probe' })).toBeVisible();
  expect(await seen()).toEqual(wanted);
  await close();
});

test('a navigation by the main process emits no will-navigate', async ({ shell, folder }) => {
  const files = { '/index.html': '<!doctype html><h1>First</h1>', '/second.html': '<!doctype html><h1>Second</h1>' };
  const { page, id, close } = await openProbe({ shell, folder, files });
  const seen = await watch(shell, id);
  const url = 'app://probe/second.html';
  await shell.evaluate(({ BrowserWindow }, [id, url]) => BrowserWindow.fromId(id)?.loadURL(url), [id, url] as const);
  await expect(page.getByRole('heading', { name: 'Second' })).toBeVisible();
  expect(await seen()).toEqual([`did-start-navigation ${url}`, `did-navigate ${url}`]);
  const at = await shell.evaluate(({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.webContents.getURL(), id);
  expect(at).toBe(url);
  await page.evaluate(() => void (location.hash = 'part'));
  await expect.poll(seen).toContain(`did-start-navigation ${url}#part in page`);
  await close();
});

test('a prevented will-frame-navigate is not followed by will-navigate', async ({ shell, folder }) => {
  // The shell's own listeners prevent the navigation at its first event.
  const { page, id, close } = await openProbe({ shell, folder });
  const seen = await watch(shell, id);
  await page.evaluate(() => void (location.href = 'app://probe/elsewhere.html'));
  const url = 'app://probe/elsewhere.html';
  await expect.poll(seen).toContain(`will-frame-navigate ${url}`);
  await page.evaluate(() => void (location.hash = 'later'));
  await expect.poll(seen).toContain('did-start-navigation app://probe/index.html#later in page');
  expect(await seen()).not.toContain(`will-navigate ${url}`);
  await close();
});

test('a redirect by a server emits will-redirect', async ({ shell, folder }) => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/from' ? 302 : 200, { Location: '/to', 'Content-Type': 'text/html' });
    response.end('<!doctype html><h1>Arrived</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { page, id, close } = await openProbe({ shell, folder });
  const outcome = await shell.evaluate(
    async ({ BrowserWindow }, { id, url }) => {
      const asked: string[] = [];
      const window = BrowserWindow.fromId(id);
      window?.webContents.on('will-redirect', (details) => void asked.push(new URL(details.url).pathname));
      const loaded = await window?.loadURL(url).then(
        () => 'loaded',
        () => 'prevented',
      );
      return { asked, loaded };
    },
    { id, url: `http://127.0.0.1:${port}/from` },
  );
  expect(outcome).toEqual({ asked: ['/to'], loaded: 'prevented' });
  await expect(page.getByRole('heading', { name: 'Arrived' })).toHaveCount(0);
  await close();
  server.close();
});
