/** Menu, tray, global key, compact clock, links and files, used as a person or the system would. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { closeWindow, type Shell } from '../hosts/shell.ts';
import { expect, type Start, test } from '../shell-test.ts';

const RUNBOOK = '# Payments\n\n## Roll back\n\n### 1. Look\n\n```bash\nfly status --app payments\n```\n';

const calls = (shell: Shell, name: string): Promise<readonly (readonly unknown[])[]> =>
  shell.evaluate(
    (_electron, name) =>
      (globalThis as never as { electronDoubleRecord: { name: string; args: unknown[] }[] }).electronDoubleRecord
        .filter((call) => call.name === name)
        .map(({ args }) => JSON.parse(JSON.stringify(args)) as unknown[]),
    name,
  );

const place = (page: Page): string => new URL(page.url()).hash;

/** Clicks an item of the application menu. */
const choose = (shell: Shell, label: string): Promise<void> =>
  shell.evaluate(({ Menu }, label) => {
    const items = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
      (menu?.items ?? []).flatMap((item) => [item, ...items(item.submenu)]);
    const found = items(Menu.getApplicationMenu()).find((item) => item.label === label);
    if (found === undefined) throw new Error(`The menu has no item "${label}".`);
    found.click();
  }, label);

/** Starts the drill of these tests, or answers the one that runs already. */
async function drill(page: Page): Promise<string> {
  const answer = await page.evaluate(async () => {
    const { rollbook } = globalThis as never as { rollbook: { call(name: string, args: unknown): Promise<unknown> } };
    return await rollbook.call('drill.start', {
      intentId: '01JD0000000000000000000001',
      scenario: 'app-rollback',
      speed: 1,
      rowLine: null,
    });
  });
  return (answer as { value: { incidentId: string } }).value.incidentId;
}

let start: Start;
/** Shared by all tests. The first test needs it new, and the last test ends it. */
let shell: Shell;
let page: Page;

test.beforeAll(async ({ newStart }) => {
  start = newStart();
  shell = await start();
  page = await shell.window();
});

test('an open incident has its clock in the tray, and a global key shows it until it is over', async () => {
  await expect.poll(async () => JSON.stringify(await calls(shell, 'Tray.setToolTip'))).toContain('no open incident');
  expect(await calls(shell, 'globalShortcut.register')).toEqual([]);
  const id = await drill(page);
  await expect
    .poll(async () => JSON.stringify(await calls(shell, 'Tray.setToolTip')))
    .toMatch(/DRILL P\d .*within target/);
  await expect.poll(async () => (await calls(shell, 'globalShortcut.register')).length).toBe(1);
  await shell.evaluate(({ globalShortcut }) =>
    (globalShortcut as never as { press(key: string): void }).press('CommandOrControl+Alt+Shift+R'),
  );
  await expect.poll(() => place(page)).toBe(`#/incident/${id}`);
});

test('the menu opens the screens', async () => {
  for (const [label, expected] of [
    ['Declare...', '#/declare'],
    ['Drill...', '#/drill'],
    ['Reference', '#/reference'],
    ['Home', '#/'],
  ] as const) {
    await choose(shell, label);
    await expect.poll(() => place(page)).toBe(expected);
  }
  const id = await drill(page);
  await expect
    .poll(async () => {
      await choose(shell, 'Report');
      return place(page);
    })
    .toBe(`#/report/${id}`);
});

test('a second start makes the first one open its incident, or say that there is none', async () => {
  const id = await drill(page);
  expect(await (await start({ args: [`rollbook://incident/${id}`] })).exit).toBe(0);
  await expect.poll(() => place(page)).toBe(`#/incident/${id}`);
  const unknown = '01JC9Z5R7W8XK4T2M6N0PQVABC';
  expect(await (await start({ args: [`rollbook://incident/${unknown}`] })).exit).toBe(0);
  await expect
    .poll(async () => JSON.stringify(await calls(shell, 'dialog.showMessageBox')))
    .toContain(`There is no incident ${unknown} here.`);
  expect(place(page)).toBe(`#/incident/${id}`);
});

const openPages = (): number => shell.pages().filter((each) => !each.isClosed()).length;
const windows = (): Promise<number> => shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('the compact clock shows the incident on top of all windows', async () => {
  const id = await drill(page);
  await page.evaluate((hash) => void (location.hash = hash), `#/incident/${id}`);
  await expect.poll(() => place(page)).toBe(`#/incident/${id}`);
  await choose(shell, 'Compact Clock');
  await expect.poll(() => shell.pages().length).toBe(2);
  const clock = shell.pages()[1];
  if (clock === undefined) throw new Error('There is no second page.');
  await expect(clock.getByLabel('Mitigation clock')).toBeVisible();
  await expect(clock.getByLabel('Stability clock')).toBeVisible();
  await expect(clock.getByText('DRILL')).toBeVisible();
  expect(place(clock)).toBe(`#/clock/${id}`);
  // It has the same restrictions as the main window, which security/window.spec.ts checks.
  const [main, small] = await shell.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      (webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
    ),
  );
  expect(small).toEqual(main);
  await choose(shell, 'Compact Clock');
  await expect.poll(openPages).toBe(1);
  // The page closes before the window does. Only after that the same item opens a new one.
  await expect.poll(windows).toBe(1);
  await choose(shell, 'Compact Clock');
  await expect.poll(openPages).toBe(2);
  await choose(shell, 'Compact Clock');
  await expect.poll(windows).toBe(1);
});

test('the clock closes with the app; the next start restores the window and shows the given runbook', async ({
  folder,
}) => {
  const id = await drill(page);
  await page.evaluate((hash) => void (location.hash = hash), `#/incident/${id}`);
  await choose(shell, 'Compact Clock');
  await expect.poll(openPages).toBe(2);
  await shell.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 1100, height: 700 });
  });
  expect(await closeWindow(shell)).toBe(0);

  const file = join(folder, 'payments.md');
  writeFileSync(file, RUNBOOK);
  const again = await start({ args: [file] });
  const shown = await again.window();
  const bounds = await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toEqual({ x: 40, y: 60, width: 1100, height: 700 });
  await expect.poll(() => place(shown)).toMatch(/^#\/runbook\/[0-9a-f]{64}$/);
  await expect(shown.getByRole('heading', { level: 1, name: 'Payments' }).first()).toBeVisible();
});
