import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('the symptom is probed from the declaration, and its first and last answers stand in the wizard', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  const card = page.locator('details[aria-label="Symptom probe"]');
  await expect(card).toContainText('HTTP 503');
  await card.locator('summary').click();
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await wizard.press('Check health and version');
  await expect(card).toContainText(/Before: HTTP 503.*After: HTTP 200/, { timeout: 30_000 });
  await expect(card.getByRole('img', { name: /\d+ probes, \d+ bad/ })).toBeVisible();
});
