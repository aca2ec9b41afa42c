import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('a fix that failed is as bad as what it should mend: the newest release from before both is proposed', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('fix-failed-first', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await expect(wizard.release(9)).toBeChecked();
  for (const bad of [10, 11]) {
    await expect(page.getByRole('radio', { name: `v${bad}, bad in this incident` })).not.toBeChecked();
  }
  // v8 is older and never came into service: nothing to go back to.
  await expect(page.getByRole('radio', { name: 'v8, never complete' })).not.toBeChecked();
  await wizard.offers('Go back to v9');
});

test('somebody else deploys between the choice and the act: nothing is run, and who it was is shown', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deployed-meanwhile', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await expect(page.getByRole('main').getByText('changed since v9 was chosen: the newest is now v11')).toBeVisible({
    timeout: 20_000,
  });
  const kinds = await wizard.storedKinds(app);
  expect(kinds).toContain('releases.changed');
});

test('somebody else deploys during the watch: the alarm names the release and who made it', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('secret-set-in-watch', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('HTTP 200, v9');
  await wizard.press('Confirm: symptom gone');
  await wizard.tickAll('as it should be');
  await wizard.press('Confirm this step');
  await wizard.press('Watch for 30 minutes');
  const alarm = page.getByRole('alert').filter({ hasText: 'is not ours' });
  await expect(alarm).toContainText('v12', { timeout: 40_000 });
  await expect(alarm).toContainText('ben@hotdash.example released it during the watch: Update secrets');
});
