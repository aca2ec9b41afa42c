import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

const AGENT = 'hotdash-agent-service';
const MCP = 'hotdash-llamaindex-mcp';

test('three services in the declared order, each to its own release and outcome', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('full-system', 60);
  await wizard.press('Read the releases of 3 services');
  await expect(page.getByLabel(`Release of ${MCP}`)).toHaveValue('4');
  // One is not deployed by itself: it stays, and somebody says why.
  await page.getByLabel('Release of hotdash-app').selectOption({ label: 'Leave it as it is' });
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Why hotdash-app is left out').fill('It is not deployed by itself');
  await wizard.press('Go back with 2 of 3 services');
  await wizard.runChange(`Deploy v9 to ${AGENT}`);
  await expect(page.getByRole('region', { name: 'Services of this step' })).toContainText('verified', {
    timeout: 30_000,
  });
  await wizard.runChange(`Deploy v4 to ${MCP}`);
  await expect(wizard.outcomeOf('Roll back all services')).toContainText('verified by app', { timeout: 30_000 });
});

test('one fails: its failure is its own, and the rest can still be rolled back', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('full-system-one-fails', 60);
  await wizard.press('Read the releases of 3 services');
  await wizard.press('Go back with 3 of 3 services');
  await wizard.runChange(`Deploy v9 to ${AGENT}`);
  await wizard.offers(`Deploy v4 to ${MCP}`);
  await wizard.runChange(`Deploy v4 to ${MCP}`);
  await wizard.offers('Deploy v4 to hotdash-app');
  await expect(page.getByRole('region', { name: 'Services of this step' })).toContainText('failed');
  await wizard.runChange('Deploy v4 to hotdash-app');
  await expect(wizard.outcomeOf('Roll back all services')).toContainText('failed', { timeout: 30_000 });
});
