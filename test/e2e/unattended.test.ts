/** An open drill whose Rollbook was closed: the window says that it is unattended, and can end it with a reason. */
import { expect, test } from './app.ts';

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
