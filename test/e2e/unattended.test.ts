/** An open drill whose Rollbook was closed: the window says that it is unattended, and can end it with a reason. */
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('an unattended drill is ended from the home screen, and stands in the history by the day it was held', async ({
  app,
}) => {
  app.leaveDrill('app-rollback');
  const page = await app.open();
  await expect(page.getByText('unattended', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^End app-rollback/ }).click();
  await expect(page.getByRole('button', { name: 'Resolve it as it is' })).toBeDisabled();
  await page.getByLabel('Why').fill('The laptop died');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^Resume/ })).toHaveCount(0);
  const row = page.getByRole('row', { name: /app-rollback/ });
  await expect(row).toContainText('unverified');
  // The year is not that of the scenario.
  await expect(row).not.toContainText('2025');
  expect(app.command('incidents')).not.toContain('unattended');
});

test('a home screen that was open all the time learns of it when it gets the focus', async ({ app }) => {
  const page = await app.open();
  await expect(page.getByRole('heading', { name: 'Rollbook' })).toBeVisible();
  app.leaveDrill('app-rollback');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByText('unattended', { exact: true })).toBeVisible();
});

test('an open incident has its running clock and its next action on the home screen, and is ended from there', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('h');
  const item = page.getByRole('button', { name: /^Resume app-rollback/ });
  await expect(item).toContainText('Next: Read the releases of hotdash-agent-service');
  const clock = async (): Promise<string> => /\d+:\d\d/.exec(await item.innerText())?.[0] ?? '';
  const before = await clock();
  expect(before).not.toBe('');
  await expect.poll(clock).not.toBe(before);
  await page.getByRole('button', { name: /^End app-rollback/ }).click();
  await page.getByLabel('Why').fill('It was only a try');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^Resume/ })).toHaveCount(0);
});

test('a due drill is started from the home screen, and readiness is checked there', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('button', { name: 'Check readiness' }).click();
  const fixes = page.getByRole('list', { name: 'Fix first' });
  await expect(fixes.getByRole('button')).toHaveCount(3, { timeout: 30_000 });
  await expect(page.getByText(/^\d+ %/)).toBeVisible();
  await page.getByRole('button', { name: /^Start: Before launch/ }).click();
  await expect(page.getByRole('heading', { name: 'Declare the drill' })).toBeVisible();
});
