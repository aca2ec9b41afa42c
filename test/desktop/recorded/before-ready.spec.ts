/** Which calls the shell makes before and after the app is ready. Only the double can record that. */
import { expect, test } from '../shell-test.ts';
import type { Shell } from '../hosts/shell.ts';

interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly ready: boolean;
}

const calls = (shell: Shell, name: string): Promise<readonly Call[]> =>
  shell.evaluate(
    (_electron, name) =>
      (globalThis as never as { electronDoubleRecord: Call[] }).electronDoubleRecord
        .filter((call) => call.name === name)
        .map(({ name, args, ready }) => ({ name, args: JSON.parse(JSON.stringify(args)) as unknown[], ready })),
    name,
  );

test('the sandbox, the scheme and the lock come before the app is ready', async ({ shell }) => {
  // Only the shell's calls count: other specs make some too late on purpose.
  const [first] = await calls(shell, 'app.enableSandbox');
  expect(first).toEqual({ name: 'app.enableSandbox', args: [], ready: false });
  expect(await calls(shell, 'app.requestSingleInstanceLock')).toMatchObject([{ ready: false }]);
  const [scheme] = await calls(shell, 'protocol.registerSchemesAsPrivileged');
  expect(scheme).toEqual({
    name: 'protocol.registerSchemesAsPrivileged',
    args: [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]],
    ready: false,
  });
});

test('the session is locked down', async ({ shell }) => {
  for (const name of ['setPermissionCheckHandler', 'setPermissionRequestHandler', 'setDevicePermissionHandler']) {
    expect(await calls(shell, `session.defaultSession.${name}`)).toHaveLength(1);
  }
  expect((await calls(shell, 'session.defaultSession.protocol.handle')).map(({ args }) => args[0])).toEqual(['app']);
});

test('an installed app has no DevTools, also not in its menu; one from the sources has them', async ({
  start,
  shell,
}) => {
  const found = (app: Shell): Promise<unknown> =>
    app.evaluate(({ BrowserWindow, Menu }) => {
      const roles = (menu: Electron.Menu | null | undefined): unknown[] =>
        (menu?.items ?? []).flatMap((item) => [item.role, ...roles(item.submenu)]);
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.openDevTools();
      const opened = contents?.isDevToolsOpened();
      contents?.closeDevTools();
      return { opened, inMenu: roles(Menu.getApplicationMenu()).includes('toggledevtools') };
    });
  const installed = await start({ packaged: true });
  await installed.window();
  expect(await found(installed)).toEqual({ opened: false, inMenu: false });
  expect(await found(shell)).toEqual({ opened: true, inMenu: true });
});
