/** Errors appear where they happen, say what is wrong, and end with their cause. Dates stay whole. */
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('a wrong ending of the database is refused beside its field, and takes nothing', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('db-sql-error', 60);
  await wizard.press('Identify the database');
  const field = page.getByLabel(/^Type the end of hotdashproductiondbx/);
  await field.fill('ion');
  await expect(page.getByRole('alert').filter({ hasText: 'is not the end' })).toHaveCount(0);
  await field.fill('staging');
  await expect(page.getByRole('alert').filter({ hasText: '"staging" is not the end of' })).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.press('Enter');
  await expect(wizard.title).toHaveText('Identify the database');
  await field.fill('iondbx');
  await expect(page.getByRole('alert').filter({ hasText: 'is not the end' })).toHaveCount(0);
});

test('an error stays on its screen, and several take the place of one', async ({ app, expectedTrouble }) => {
  expectedTrouble.push(/.*/);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('q');
  const version = page.getByLabel('Version');
  const bar = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Dismiss' }) });
  await version.fill('v998');
  const start = page.locator('[data-primary]');
  await start.click();
  await expect(start).toHaveAttribute('aria-disabled', 'false');
  await start.click();
  await expect(bar).toBeVisible();
  await version.fill('v999');
  await start.click();
  await expect(start).toHaveAttribute('aria-disabled', 'false');
  await start.click();
  await expect(bar.getByText('1 before it')).toBeVisible();
  await version.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Rollbook' })).toBeVisible();
  await expect(bar).toHaveCount(0);
});

test('a date in a table of the runbook stays on one line', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.setViewportSize({ width: 700, height: 800 });
  await page.keyboard.press('f');
  const cell = page.getByRole('cell', { name: '2025-10-12', exact: true });
  await cell.scrollIntoViewIfNeeded();
  const lines = await cell.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size;
  });
  expect(lines).toBe(1);
});
