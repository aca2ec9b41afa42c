import { openProbe } from '../probe-window.ts';
import { expect, test } from '../shell-test.ts';
import type { Shell } from '../hosts/shell.ts';

const PRELOAD = `
const { contextBridge, ipcRenderer } = require('electron');
const heard = [];
ipcRenderer.on('probe:push', (event, ...args) => heard.push([args, typeof event]));
contextBridge.exposeInMainWorld('ipc', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  invokeFunction: () => ipcRenderer.invoke('probe:echo', () => 1),
  invokeOdd: async () => {
    const back = await ipcRenderer.invoke('probe:echo', new Map([[1, new Set([2])]]), new Date(3), undefined, 5n,
      Object.assign(new Error('e'), { code: 'X' }), NaN, -0, new Uint8Array([7]));
    return back.map((one) => Object.prototype.toString.call(one)).concat(Object.is(back[6], -0), back[0].get(1).has(2));
  },
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  heard: () => heard,
});
`;

declare const ipc: Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Registers the test's handlers once in the shared app. */
async function handle(shell: Shell): Promise<void> {
  await shell.evaluate(({ ipcMain }) => {
    for (const name of ['echo', 'fails', 'odd', 'who']) ipcMain.removeHandler(`probe:${name}`);
    ipcMain.removeAllListeners('probe:sent');
    ipcMain.handle('probe:echo', (_event, ...args) => args);
    ipcMain.handle('probe:fails', () => {
      throw Object.assign(new RangeError('out of range'), { code: 'SECRET' });
    });
    ipcMain.handle('probe:odd', () => () => 1);
    ipcMain.handle('probe:who', ({ senderFrame, sender }) => ({
      url: senderFrame?.url,
      origin: senderFrame?.origin,
      hasParent: senderFrame?.parent !== null,
      sender: sender.id,
    }));
  });
}

test('arguments and answers are structured clones', async ({ shell, folder }) => {
  await handle(shell);
  const { page, close } = await openProbe({ shell, folder, preload: PRELOAD });
  const own = { text: 'é\u2028\0', list: [1, [2]], nothing: undefined };
  expect(await page.evaluate((own) => ipc['invoke']?.('probe:echo', own, null, 'x'.repeat(1_000_000)), own)).toEqual([
    own,
    null,
    'x'.repeat(1_000_000),
  ]);
  expect(await page.evaluate(() => ipc['invokeOdd']?.())).toEqual([
    '[object Map]',
    '[object Date]',
    '[object Undefined]',
    '[object BigInt]',
    '[object Error]',
    '[object Number]',
    '[object Number]',
    '[object Uint8Array]',
    true,
    true,
  ]);
  await close();
});

test('values that cannot be cloned are refused on both sides, and only the message of an error is sent', async ({
  shell,
  folder,
}) => {
  await handle(shell);
  const { page, close } = await openProbe({ shell, folder, preload: PRELOAD });
  const words = (name: string, ...args: string[]): Promise<unknown> =>
    page.evaluate(
      ({ name, args }) =>
        ipc[name]?.(...args).then(
          () => 'no error',
          (thrown: Error) => [thrown.message, 'code' in thrown],
        ),
      { name, args },
    );
  expect(await words('invokeFunction')).toEqual(['An object could not be cloned.', false]);
  expect(await words('invoke', 'probe:odd')).toEqual([
    expect.stringContaining('An object could not be cloned.'),
    false,
  ]);
  expect(await words('invoke', 'probe:fails')).toEqual([
    "Error invoking remote method 'probe:fails': RangeError: out of range",
    false,
  ]);
  expect(await words('invoke', 'probe:nobody')).toEqual([
    "Error invoking remote method 'probe:nobody': Error: No handler registered for 'probe:nobody'",
    false,
  ]);
  await close();
});

test('a call says which frame it comes from', async ({ shell, folder }) => {
  await handle(shell);
  const files = {
    '/index.html': '<!doctype html><iframe src="/inner.html"></iframe>',
    '/inner.html': '<!doctype html><h1>Inner</h1>',
  };
  const { page, id, close } = await openProbe({
    shell,
    folder,
    preload: PRELOAD,
    files,
    subFrames: true,
    unlocked: true,
  });
  const sender = await shell.evaluate(({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.webContents.id, id);
  const who = (): Promise<unknown> | undefined => ipc['invoke']?.('probe:who');
  const main = { url: 'app://probe/index.html', origin: 'app://probe', hasParent: false, sender };
  expect(await page.evaluate(who)).toEqual(main);
  const inner = page.frames().find((frame) => frame.url().endsWith('/inner.html'));
  expect(await inner?.evaluate(who)).toEqual({ ...main, url: 'app://probe/inner.html', hasParent: true });
  await page.evaluate(() => history.pushState(null, '', '/elsewhere#part'));
  expect(await page.evaluate(who)).toEqual({ ...main, url: 'app://probe/elsewhere#part' });
  await close();
});

test('messages to a page arrive in order; a page that is gone gets none', async ({ shell, folder }) => {
  const { page, id, close } = await openProbe({ shell, folder, preload: PRELOAD });
  await shell.evaluate(({ BrowserWindow }, id) => {
    const contents = BrowserWindow.fromId(id)?.webContents;
    for (let n = 0; n < 200; n += 1) contents?.send('probe:push', n, { n });
  }, id);
  await expect.poll(() => page.evaluate(async () => (await ipc['heard']?.()) as unknown[])).toHaveLength(200);
  expect(await page.evaluate(() => ipc['heard']?.())).toEqual(
    Array.from({ length: 200 }, (_, n) => [[n, { n }], 'object']),
  );
  const thrown = await shell.evaluate(({ BrowserWindow }, id) => {
    const window = BrowserWindow.fromId(id);
    const contents = window?.webContents;
    const words: string[] = [];
    try {
      contents?.send('probe:push', () => 1);
    } catch (error) {
      words.push((error as Error).message);
    }
    window?.destroy();
    words.push(String(contents?.isDestroyed()));
    return words;
  }, id);
  expect(thrown).toEqual([expect.stringMatching(/cloned|serialize/), 'true']);
  await close();
});
