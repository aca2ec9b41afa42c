import { expect, test } from './app.ts';
import { SERVER_GONE, watchForTrouble } from './trouble.ts';
import { wizardOf } from './wizard.ts';

test('a one-time link works once; a used or wrong one says what to do', async ({
  app,
  page,
  context,
  expectedTrouble,
}) => {
  expectedTrouble.push(/403/);
  const address = await app.serve();
  await page.goto(address);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  // The token leaves the address bar at once.
  expect(page.url()).not.toContain('token');
  const wrong = `${new URL(address).origin}/#token=${'wrong'.repeat(9)}`;
  for (const refused of [address, wrong]) {
    const other = await context.newPage();
    await other.goto(refused);
    await expect(other.getByRole('alert').filter({ hasText: /npm start/ })).toBeVisible();
    expect(other.url()).not.toContain('token');
    // Files of the data folder are not served.
    await expect(other.getByText(app.folder)).toHaveCount(0);
    await other.close();
  }
  await expect(page.getByText(app.folder)).toBeVisible();
});

test('a second window on the same incident follows it live', async ({ app, page, context }) => {
  await page.goto(await app.serve());
  const first = wizardOf(page);
  // A deploy that hangs until it is stopped: any other could end before the second window shows its output.
  await first.startDrill('deploy-hangs', 60);
  await first.offers('Read the releases');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('second window');
  const opening = context.waitForEvent('page');
  await page.keyboard.press('Enter');
  const other = await opening;
  // It was opened with its own link, whose token is no longer in the address.
  await expect.poll(() => other.url()).toContain('#/incident/');
  expect(other.url()).not.toContain('token');
  const sessionOf = (window: typeof page): Promise<unknown> => window.evaluate(() => JSON.stringify(sessionStorage));
  expect(await sessionOf(other)).not.toEqual(await sessionOf(page));
  expect(await other.evaluate(() => window.opener)).toBeNull();
  const second = wizardOf(other);
  await expect(second.strip).toContainText('hotdash-agent-service');
  await other.keyboard.press('Shift');
  await first.press('Read the releases');
  await second.offers('Go back to v9');
  // The first window shows the decision of the second.
  await second.press('Go back to v9');
  await first.runChange('Deploy v9 to hotdash-agent-service');
  await expect(second.output).toContainText('Verifying app config');
  await other.keyboard.press('Control+.');
  await expect(second.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
  await expect(first.outcomeOf('Deploy its image')).toContainText('stopped by you');
});

test('a second Rollbook with the same data folder is read-only, and can take over', async ({
  app,
  page,
  context,
  trouble,
}) => {
  await page.goto(await app.serve());
  const first = wizardOf(page);
  await first.startDrill('app-rollback', 10);
  await first.offers('Read the releases');

  const other = await context.newPage();
  await watchForTrouble(other, trouble);
  await other.goto(await app.serve());
  const second = wizardOf(other);
  await expect(other.getByText('open elsewhere')).toBeVisible();
  await other.getByRole('button', { name: /^Resume app-rollback: Complete outage/ }).click();
  const held = other.getByRole('alert').filter({ hasText: 'You can read along, not act' });
  await expect(held).toContainText('another Rollbook');
  await expect(other.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await first.press('Read the releases');
  await expect(second.outcomeOf('Choose the release')).toContainText('now');
  await expect(second.release(9)).toBeChecked();
  await other.keyboard.press('Enter');
  await expect(first.title).toContainText('Choose the release');

  await other.getByLabel('Reason for taking over').fill('Ann lost her network');
  await other.getByRole('button', { name: 'Take over the incident' }).click();
  await expect(held).toHaveCount(0);
  await second.press('Go back to v9');
  await second.offers('Deploy v9 to hotdash-agent-service');
  // The window that lost it shows both actions, and is read-only.
  await expect(page.getByRole('alert').filter({ hasText: 'You can read along, not act' })).toBeVisible();
  await expect(first.title).toContainText('Deploy its image');
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  expect(await second.storedKinds(app)).toContain('lease.taken');
});

test('if the core ends while a report is written, no typed text is lost', async ({ app, page, expectedTrouble }) => {
  expectedTrouble.push(SERVER_GONE);
  await page.goto(await app.serve());
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('p');
  const summary = page.getByLabel('Summary', { exact: true });
  await summary.waitFor();
  await app.kill();
  await expect(page.getByRole('alert').filter({ hasText: 'open the new link that it prints' })).toBeVisible();
  await summary.fill('A bad release took bookings down for nine minutes.');
  await summary.blur();
  await expect(page.getByText('Not saved. The text stays here')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(wizard.strip).toBeVisible();
  await page.keyboard.press('p');
  await expect(summary).toHaveValue('A bad release took bookings down for nine minutes.');
  await expect(page.getByText('Not saved yet.')).toBeVisible();
});
