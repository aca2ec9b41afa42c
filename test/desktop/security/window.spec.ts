import { readFileSync } from 'node:fs';
import { preloadOf } from '../hosts/shell.ts';
import { expect, test } from '../shell-test.ts';

test("every window is sandboxed and isolated, without Node, and has Rollbook's preload", async ({ shell }) => {
  const windows = await shell.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      // An undocumented method, missing in electron.d.ts.
      (webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
    ),
  );
  expect(windows.length).toBeGreaterThan(0);
  for (const preferences of windows) {
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      preload: expect.stringMatching(/dist[\\/]desktop[\\/]preload\.cjs$/),
    });
  }
});

test('the preload is one file that requires only Electron', async ({ shell }) => {
  const source = readFileSync(await preloadOf(shell), 'utf8');
  const asked = [...source.matchAll(/\b(?:require|import)\s*\(\s*(.*?)\s*\)|^import\b.*$/gm)];
  expect(asked.map(([all, name]) => name ?? all)).toEqual(['"electron"']);
});

test('the sandbox is on for every process of the app', async ({ shell }) => {
  expect(await shell.evaluate(({ app }) => app.commandLine.hasSwitch('enable-sandbox'))).toBe(true);
});

test('the page has three functions of Rollbook, and nothing of Node or Electron', async ({ shell }) => {
  const page = await shell.window();
  const found = await page.evaluate(() => {
    const own = globalThis as unknown as Record<string, object>;
    const bridge = own['rollbook'] as Record<string, unknown>;
    const words = ['require', 'module', 'exports', 'process', 'Buffer', 'global', 'setImmediate', 'ipcRenderer'];
    return {
      functions: Object.entries(bridge).map(([name, value]) => [name, typeof value]),
      frozen: Object.isFrozen(bridge),
      node: words.filter((name) => name in own),
    };
  });
  expect(found).toEqual({
    functions: [
      ['call', 'function'],
      ['on', 'function'],
      ['onConnection', 'function'],
    ],
    frozen: true,
    node: [],
  });
});

test('a listener of the page gets the payload and never an event with a sender', async ({ shell }) => {
  const page = await shell.window();
  const got = page.evaluate(
    () =>
      new Promise((resolve) => {
        const { rollbook } = globalThis as unknown as {
          rollbook: { on: (name: string, listener: (...args: unknown[]) => void) => () => void };
        };
        rollbook.on('run.output', (...args) => resolve(args));
      }),
  );
  const push = { name: 'run.output', payload: { runId: 'r', from: 0, skipped: 0, lines: [] } };
  await expect(async () => {
    await shell.evaluate(({ BrowserWindow }, push) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('rollbook:push', push);
    }, push);
    const first = await Promise.race([got, new Promise((resolve) => setImmediate(resolve, null))]);
    expect(first).toEqual([push.payload]);
  }).toPass({ timeout: 10_000 });
});
