/** Row 13: practise the rollback, measure the time; with simulated tools, and with real ones on a test app only. */
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('real tools are refused for an app that does not end in -test, and shown with their paths', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('r');
  await page.getByText('With real tools, on a test app').click();
  const name = page.getByLabel('App, its name ends in -test');
  await expect(name).toHaveValue('hotdash-agent-service-test');
  await expect(page.getByRole('list', { name: 'Tools that will be run' })).toContainText(/curl: \//);
  const declare = page.getByRole('button', { name: 'Declare with real tools' });
  await expect(declare).toBeEnabled();
  await name.fill('hotdash-agent-service');
  await expect(page.getByRole('alert')).toContainText('only let near apps that end in -test');
  await expect(declare).toBeDisabled();
  // An app that nothing is known of is refused by the core, in words.
  await name.fill('nobody-test');
  await declare.click();
  await expect(page.getByRole('alert')).toContainText('has no service that nobody-test could stand for');
  expect(JSON.parse(app.command('incidents', '--json'))).toEqual({ incidents: [] });
  await name.fill('hotdash-agent-service-test');
  await declare.click();
  const wizard = wizardOf(page);
  await expect(wizard.strip).toContainText('DRILL');
  await expect(wizard.target).toContainText('hotdash-agent-service-test');
  expect(JSON.parse(app.command('incidents', '--json'))).toMatchObject({
    incidents: [{ kind: 'drill', adapter: 'real' }],
  });
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

test('an expired login stops the drill with what to do about it', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('login-expired', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await expect(page.getByText(/The Fly login is missing or has expired/).first()).toBeVisible({ timeout: 20_000 });
});
