/** Maintenance mode is proven only by the public address. The fast stop is to stop all machines. */
import { liveMaintenance } from '../fixtures/live-maintenance.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

const SERVICE = 'hotdash-agent-service';
const DATA_LOST = 1;
const EXPLOITED = 2;
const ON = 'Switch maintenance mode on';
const OFF = 'Switch maintenance mode off';
const STOP = `Stop all machines of ${SERVICE}`;
const START = `Start all machines of ${SERVICE}`;

test('a secret that the application does not read is failed, whatever fly says; the fast stop is one press away', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('maintenance-not-shown', 60, DATA_LOST);
  await wizard.runChange(ON);
  await expect(wizard.outcomeOf(ON)).toContainText('failed', { timeout: 60_000 });
  await expect(page.getByRole('main')).toContainText('does not show "Maintenance in progress"');
  // It was switched on, so it must be switched off, even if no user ever saw it.
  await wizard.openStillToDo();
  const owed = page.getByRole('region', { name: 'Owed' });
  await expect(owed).toContainText(
    `Maintenance mode of ${SERVICE} was switched on; users were not seen to get its page`,
  );
  await expect(owed).toContainText(`Taken back by "${OFF}"`);
  await page
    .getByRole('region', { name: 'Ways on' })
    .getByRole('button', { name: /Stop all machines/ })
    .click();
  await wizard.offers(STOP);
});

test('after it the "previous release" is the broken image, and is not proposed', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('maintenance-mode', 60, DATA_LOST);
  await wizard.runChange(ON);
  await expect(wizard.outcomeOf(ON)).toContainText('verified by app', { timeout: 40_000 });
  const ways = page.getByRole('region', { name: 'Ways of this row' });
  await ways.getByRole('button', { name: 'Go on with Application rollback' }).click();
  await wizard.press('Read the releases');
  await expect(wizard.release(9)).toBeChecked();
  // v11 is the release of the secret and v10 the deploy: both have the broken image.
  for (const bad of [10, 11])
    await expect(page.getByRole('radio', { name: new RegExp(`^v${bad}, (bad|running)`) })).not.toBeChecked();
  await wizard.openStillToDo();
  await expect(page.getByRole('region', { name: 'Owed' })).toContainText(`Maintenance mode of ${SERVICE} is on`);
});

test('an open pair does not prevent resolving an incident, but prevents closing it', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('maintenance-mode', 60, DATA_LOST);
  await wizard.runChange(ON);
  await expect(wizard.outcomeOf(ON)).toContainText('verified by app', { timeout: 40_000 });
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('the next shift lets them in');
  await page.getByRole('button', { name: 'Resolve the incident as it is' }).click();
  await expect(wizard.title).toHaveText('Resolved');
  await expect(page.getByRole('button', { name: 'Close the incident' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Deferred' })).toContainText(OFF);
  await expect(page.getByRole('region', { name: 'Deferred' })).toContainText('Maintenance mode is on');
});

test('readiness warns until the page was seen at the public address with real tools', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('maintenance-mode');
  const runbook = liveMaintenance(tools.healthUrl, tools.pageUrl, 'maintenance-mode');
  app.trust(runbook);
  const page = await app.open();
  const wizard = wizardOf(page);
  const marker = page
    .getByRole('list', { name: 'Practice' })
    .getByRole('listitem')
    .filter({ hasText: 'Maintenance page' });
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('a');
  await expect(marker).toContainText('never seen to be shown at the public address', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Home' }).click();

  await wizard.declareRow(1);
  await wizard.runChange(ON);
  await expect(wizard.outcomeOf(ON)).toContainText('verified by app', { timeout: 60_000 });
  await wizard.runChange(OFF);
  await expect(wizard.outcomeOf(OFF)).toContainText('verified by app', { timeout: 60_000 });
  await wizard.openStillToDo();
  await expect(page.getByRole('region', { name: 'Owed' })).not.toContainText('Maintenance mode');

  await page.keyboard.press('h');
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('a');
  await expect(marker).toContainText(`seen at ${tools.pageUrl} today`, { timeout: 20_000 });
});

test('an exploit: all machines are stopped and proven to be, the evidence is kept, then they are started again', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('exploit-stop-machines', 60, EXPLOITED);
  await wizard.offers(STOP);
  const card = page.getByRole('region', { name: 'Before you run it' });
  await expect(card).toContainText('No machine is destroyed.');
  await wizard.runChange(STOP);
  await expect(wizard.outcomeOf('Stop all machines')).toContainText('verified by app', { timeout: 40_000 });
  await wizard.openStillToDo();
  const owed = page.getByRole('region', { name: 'Owed' });
  await expect(owed).toContainText(`All machines of ${SERVICE} are stopped`);
  // The row's action stops the machines first, so that ends its target; the mitigation goes on.
  const clock = page.getByRole('region', { name: 'Mitigation clock' });
  await expect(clock).toContainText(/^Mitigationtarget (met|missed).*contained \d+:\d\dtarget 5:00$/);
  expect(storedOf(app, 'run.intended').map(({ shown }) => shown)).toContain(
    `fly machine stop -a ${SERVICE} 3d8d9014c56e89 e784e903b12345`,
  );
  await wizard.press('Run fly machine list');
  await wizard.tickAll('as expected');
  await wizard.press('Confirm this step');
  await wizard.tickAll('done');
  await wizard.press('Confirm this step');
  await wizard.runChange(START);
  await expect(wizard.outcomeOf('Start all machines')).toContainText('verified by app', { timeout: 40_000 });
  await expect(owed).not.toContainText('All machines');
  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('the changed link answers 403');
  await wizard.press('Confirm: symptom gone');
  await expect(wizard.mitigation).toContainText(/target (met|missed)/);
});

test('fly ends with 0 and a machine runs on: failed, with its id, and starting stays owed', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('machine-keeps-running', 60, EXPLOITED);
  await wizard.runChange(STOP);
  await expect(wizard.outcomeOf('Stop all machines')).toContainText('failed', { timeout: 40_000 });
  await expect(page.getByRole('main')).toContainText('1 of 2 still run: e784e903b12345 is started.');
  await wizard.openStillToDo();
  await expect(page.getByRole('region', { name: 'Owed' })).toContainText('that all stand is not proven');
  expect(storedOf(app, 'run.ended').every(({ exit }) => (exit as { code?: number }).code === 0)).toBe(true);
});

test('live, with real processes: stopped, rolled back while they stand, started, and only then proven', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('exploit-stop-machines');
  const runbook = liveMaintenance(tools.healthUrl, tools.pageUrl, 'stop-all-machines', 'application-rollback');
  app.trust(runbook);
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.runChange(STOP);
  await expect(wizard.outcomeOf('Stop all machines')).toContainText('verified by app', { timeout: 60_000 });
  expect(
    tools.cloud.read().machines.every(({ cordoned, stoppedAt }) => cordoned === true && stoppedAt !== undefined),
  ).toBe(true);
  await page.getByRole('button', { name: 'Go on with Application rollback' }).click();
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.runChange(`Deploy v9 to ${SERVICE}`);
  // The image is on machines that are stopped: neither failed nor proven.
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('unverified', { timeout: 60_000 });
  await wizard.runChange(START);
  await expect(page.locator('[data-primary]')).toContainText('Check the post-condition', { timeout: 60_000 });
  await wizard.press('Check the post-condition');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 60_000 });
  await wizard.openStillToDo();
  await expect(page.getByRole('region', { name: 'Owed' })).not.toContainText('All machines');
});
