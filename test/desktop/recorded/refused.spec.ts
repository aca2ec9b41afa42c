/** What the system refuses the app is said. */
import type { Shell } from '../hosts/shell.ts';
import { expect, test } from '../shell-test.ts';

const KEY = 'CommandOrControl+Alt+Shift+R';

const visible = (shell: Shell): Promise<boolean | undefined> =>
  shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

test('a key of another program, and a system without notifications, are said on the home screen', async ({ start }) => {
  const shell = await start();
  const page = await shell.window();
  await shell.evaluate(({ globalShortcut, Notification }, key) => {
    globalShortcut.register(key, () => undefined);
    Notification.isSupported = () => false;
  }, KEY);
  await page.evaluate(async () => {
    const { rollbook } = globalThis as never as { rollbook: { call(name: string, args: unknown): Promise<unknown> } };
    const intentId = '01JD0000000000000000000001';
    await rollbook.call('drill.start', { intentId, scenario: 'app-rollback', speed: 1, rowLine: null });
  });
  const alerts = page.getByRole('alert');
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(alerts.filter({ hasText: `The system gave the key ${KEY}` })).toBeVisible({ timeout: 500 });
    await expect(alerts.filter({ hasText: 'This system shows no notifications.' })).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await visible(shell)).toBe(true);
});
