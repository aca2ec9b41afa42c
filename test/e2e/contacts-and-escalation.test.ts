/** Contacts and the escalation chain are one key away, and each call is on the timeline. */
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('one key from every screen shows the contacts', async ({ app }) => {
  const page = await app.open();
  const contacts = page.getByRole('complementary', { name: 'Contacts' });
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  for (const key of ['', 'f', 'b', 'd', 'r', 'a', ',']) {
    if (key !== '') {
      await page.keyboard.press(key);
      await expect(page.getByRole('heading', { level: 1, name: 'Rollbook' })).toHaveCount(0);
    }
    await page.keyboard.press('c');
    await expect(contacts).toContainText('#hotdash-emergency');
    await expect(contacts).toContainText('Manager, then Engineering Lead, then CTO');
    await page.keyboard.press('c');
    await expect(contacts).toHaveCount(0);
    if (key !== '') await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Rollbook' }).waitFor();
  }
});

test('a call that reached nobody names the next in the chain; both calls are on the timeline', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1);
  await wizard.offers('Read the releases of hotdash-agent-service');
  await page.keyboard.press('c');
  const contacts = page.getByRole('complementary', { name: 'Contacts' });
  const next = contacts.locator('[aria-current="step"]');
  await expect(next).toContainText('Manager');

  // With the keyboard only: I opens the form, which suggests the next person of the chain.
  await page.keyboard.press('i');
  await expect(contacts.getByLabel('Called')).toBeFocused();
  await expect(contacts.getByLabel('Called')).toHaveValue('Manager');
  await contacts.getByLabel('What they said').fill('No answer after eight rings');
  await contacts.getByRole('button', { name: 'Not reached' }).click();
  await expect(next).toContainText('Engineering Lead');
  await expect(contacts.getByLabel('Called')).toHaveValue('Engineering Lead');
  await contacts.getByLabel('By').selectOption('Slack');
  await contacts.getByLabel('What they said').fill('Go on, I am joining');
  await page.keyboard.press('Enter');
  await expect(next).toContainText('CTO');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const timeline = page.getByRole('complementary', { name: 'Timeline and reminders' });
  await expect(timeline).toContainText('Escalation: Manager not reached (phone): No answer after eight rings');
  await expect(timeline).toContainText('Escalated to Engineering Lead (Slack): Go on, I am joining');
  expect((await wizard.storedKinds(app)).filter((kind) => kind === 'escalation.called')).toHaveLength(2);
});

test('the command line logs a call as well, and the window shows it', async ({ app }) => {
  const drill = app.command('drill', '--scenario', 'login-expired', '--auto', '--speed', '600', '--expect', '--json');
  const { incidentId } = JSON.parse(drill) as { incidentId: string };
  app.command('escalate', incidentId, 'Manager', '--not-reached', '--said', 'voice mail');
  expect(app.command('escalate', incidentId)).toContain('Engineering Lead');
  const page = await app.open();
  await page.getByRole('heading', { level: 1, name: 'Rollbook' }).waitFor();
  await page.evaluate((id) => (location.hash = `#/incident/${id}`), incidentId);
  await expect(page.getByRole('complementary', { name: 'Timeline and reminders' })).toContainText(
    'Escalation: Manager not reached (phone): voice mail',
  );
});
