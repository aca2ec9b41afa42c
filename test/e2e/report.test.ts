import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test("the report's questions are answered in the window: saved when left, in the preview and in the file", async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('p');
  const preview = page.getByRole('article', { name: 'Report preview' });
  const impact = page.getByLabel('Impact', { exact: true });
  await impact.fill('410 riders could not book');
  await impact.blur();
  await expect(preview).toContainText('410 riders could not book');
  await expect(page.getByText('1 of 20 answered')).toBeVisible();

  // Left by the very click that exports: it is in the file.
  const trigger = page.getByLabel('Trigger');
  await trigger.fill('Release v10 raised the pool size');
  await page.getByRole('button', { name: 'Export the report' }).click();
  const written = page.getByRole('status').filter({ hasText: 'Written to' });
  const path = /(\/\S+\.md)/.exec(await written.innerText())?.[1] ?? '';
  const report = readFileSync(path, 'utf8');
  expect(report).toContain('410 riders could not book');
  expect(report).toContain('Release v10 raised the pool size');
});

test('deferred work is done or waived with a reason before the incident can be closed', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('nobody to ask');
  await page.getByRole('button', { name: 'Defer it' }).click();
  await expect(wizard.outcomeOf('Choose the release')).toContainText('deferred');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('only an exercise');
  await page.getByRole('button', { name: 'Resolve the incident as it is' }).click();
  const open = page.getByRole('region', { name: 'Deferred' });
  await expect(open).toContainText('Choose the release to go back to');
  await expect(page.getByRole('button', { name: 'Close the incident' })).toHaveCount(0);
  await open.getByRole('button', { name: /^Waive:/ }).click();
  await expect(open.getByRole('button', { name: 'Waive it' })).toBeDisabled();
  await open.getByLabel('Why it need not be done').fill('the drill is over');
  await open.getByRole('button', { name: 'Waive it' }).click();
  await expect(open).toHaveCount(0);
  await page.getByRole('button', { name: 'Close the incident' }).click();
  await expect(wizard.title).toContainText('Closed');
});
