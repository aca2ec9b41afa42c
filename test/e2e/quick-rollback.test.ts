/** The quick rollback: choose service and version, then go. Live and as a drill, with the same proof and debts as any P0. */
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('two fields and two presses deploy and prove; the team still has to be told', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('q');
  await expect(page.getByRole('radio', { name: 'hotdash-agent-service' })).toBeChecked();
  await expect(page.getByLabel('Version', { exact: true })).toBeFocused();
  await page.getByLabel('On', { exact: true }).selectOption('Drill: app-rollback');
  await page.getByLabel('Version', { exact: true }).fill('v9');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('Armed');
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.press('Enter');
  await expect(wizard.strip).toContainText('P0');
  await expect(wizard.outcomeOf('Choose the release to go back to')).toContainText('done');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified', { timeout: 120_000 });
  await expect(page.getByRole('complementary', { name: 'Timeline and reminders' })).toContainText(/tell|told|notif/i);
  const kinds = await wizard.storedKinds(app);
  expect(kinds).not.toContain('approval.bypassed');
  expect(kinds).toContain('proof.evaluated');
});

test('with an unknown version nothing is declared, and the existing ones are listed', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('q');
  await page.getByLabel('On', { exact: true }).selectOption('Drill: app-rollback');
  await page.getByLabel('Version', { exact: true }).fill('nine');
  await expect(page.getByRole('status')).toContainText('"nine" is not a version');
  await page.getByLabel('Version', { exact: true }).fill('99');
  const go = page.locator('[data-primary]');
  await go.click();
  await expect(go).toContainText('Run now');
  await expect(go).toHaveAttribute('aria-disabled', 'false');
  await go.click();
  await expect(page.getByRole('alert').filter({ hasText: 'v99' })).toContainText('v99 is not among the releases');
  await expect(page.getByRole('alert').filter({ hasText: 'v99' })).toContainText('Nothing was declared or deployed');
  await expect(page.getByRole('heading', { name: 'Quick rollback' })).toBeVisible();
  expect(await wizardOf(page).storedKinds(app)).toEqual([]);
});

test('the releases are listed with the verdict on each, and one press chooses', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('q');
  await page.getByLabel('On', { exact: true }).selectOption('Drill: app-rollback');
  const releases = page.getByRole('list', { name: 'Releases of hotdash-agent-service' });
  await expect(releases.getByRole('button', { name: /^v10/ })).toBeDisabled();
  await expect(releases.getByRole('button', { name: /^v9/ })).toContainText('proposed');
  await releases.getByRole('button', { name: /^v9/ }).click();
  await expect(page.getByLabel('Version', { exact: true })).toHaveValue('v9');
  await expect(page.locator('[data-primary]')).toContainText('Roll hotdash-agent-service back to v9');
  // Nothing was declared by looking.
  expect(await wizardOf(page).storedKinds(app)).toEqual([]);
});
