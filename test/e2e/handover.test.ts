import { existsSync, statSync } from 'node:fs';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('an open incident is handed over as a file, can only be read then, and is taken back in the window', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.press('Read the releases');
  await wizard.offers('Go back to v9');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find an action' }).fill('hand over');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Hand over to another machine' });
  await dialog.getByLabel('Who goes on with it').fill('bo');
  await dialog.getByLabel('Why').fill('end of the shift');
  await page.keyboard.press('Enter');
  const done = page.getByRole('dialog', { name: 'Handed over' });
  const path = await done.locator('code').nth(1).innerText();
  expect(existsSync(path)).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await page.keyboard.press('Escape');

  await expect(page.getByRole('alert').filter({ hasText: 'handed it over to bo' })).toBeVisible();
  await page.keyboard.press('h');
  await expect(page.getByRole('button', { name: /^Resume/ })).toContainText('handed over to bo');

  // Importing the same file brings it back at the same step.
  await page.getByRole('button', { name: 'Take over an incident' }).click();
  await page.getByLabel('Absolute path of the handover file').fill('/nowhere/x.rollbook');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'there is no such file' })).toBeVisible();
  await page.getByLabel('Absolute path of the handover file').fill(path);
  await page.keyboard.press('Enter');
  await wizard.offers('Go back to v9');
  // The background capture may write to the same timeline.
  const handovers = (await wizard.storedKinds(app)).filter((kind) => kind.startsWith('handover.'));
  expect(handovers).toEqual(['handover.given', 'handover.taken']);
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy');
});
