import { closeWindow, type Shell } from '../hosts/shell.ts';
import { expect, type Start, test } from '../shell-test.ts';

let start: Start;
/** The third test ends it. The tests after that use the shared app. */
let first: Shell;

test.beforeAll(async ({ newStart }) => {
  start = newStart();
  first = await start();
  await first.window();
});

test('a second start tells the first one its arguments and ends', async () => {
  await first.evaluate(({ app, BrowserWindow }) => {
    const told: unknown[] = [];
    Object.assign(globalThis, { told });
    app.on('second-instance', (_event, argv, folder) => void told.push([argv.includes('--of-the-test'), folder]));
    BrowserWindow.getAllWindows()[0]?.minimize();
  });
  const second = await start({ args: ['--of-the-test'] });
  expect(await second.exit).toBe(0);
  await expect
    .poll(() => first.evaluate(() => (globalThis as never as { told: unknown }).told))
    .toEqual([[true, process.cwd()]]);
  const state = () =>
    first.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return [window?.isMinimized(), window?.isVisible()];
    });
  await expect.poll(state).toEqual([false, true]);
});

test('a page that crashes is loaded again into the same window', async () => {
  await first.evaluate(({ BrowserWindow }) => {
    const reasons: string[] = [];
    Object.assign(globalThis, { reasons });
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('render-process-gone', (_event, { reason }) => void reasons.push(reason));
    contents?.forcefullyCrashRenderer();
  });
  const reasons = () => first.evaluate(() => (globalThis as never as { reasons: string[] }).reasons);
  await expect.poll(reasons).toEqual([expect.stringMatching(/crashed|killed/)]);
  const info = () =>
    first
      .evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("rollbook.call('app.info', {})"),
      )
      .catch(() => null);
  await expect.poll(info, { timeout: 20_000 }).toMatchObject({ ok: true, value: { host: 'desktop' } });
});

test('the app ends with its window, in order', async () => {
  await first.evaluate(({ app }) => {
    for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed'] as const) {
      app.on(name as 'quit', () => void process.stdout.write(`event ${name}\n`));
    }
  });
  expect(await closeWindow(first)).toBe(0);
  const events = () => [...first.output().matchAll(/^event (\S+)$/gm)].map(([, name]) => name);
  // A process can end before all of its output has been read.
  await expect.poll(() => events().slice(-3)).toEqual(['before-quit', 'will-quit', 'quit']);
  expect(events()).not.toContain('window-all-closed');
});

test('a window can refuse to be closed', async ({ shell }) => {
  const refused = await shell.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    window.removeAllListeners('close');
    window.once('close', (event) => event.preventDefault());
    window.close();
    const kept = !window.isDestroyed();
    window.close();
    return [kept, window.isDestroyed()];
  });
  expect(refused).toEqual([true, true]);
});

test('calls that must come before the app is ready are refused later', async ({ shell }) => {
  const thrown = await shell.evaluate(({ app, protocol }) =>
    [() => app.enableSandbox(), () => protocol.registerSchemesAsPrivileged([])].map((late) => {
      try {
        late();
        return 'allowed';
      } catch (error) {
        return (error as Error).message;
      }
    }),
  );
  expect(thrown).toEqual([
    expect.stringContaining('before app is ready'),
    expect.stringContaining('before app is ready'),
  ]);
});
