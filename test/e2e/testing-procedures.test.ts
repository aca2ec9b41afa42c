/** Practicing a rollback and measuring its time: with simulated tools, or with real ones on a test app only. */
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

/** A fly that prints nothing and changes nothing: without any on the PATH nothing is declared. */
const SILENT_FLY = '#!/bin/sh\n';

test('real tools are refused for an app that does not end in -test, and shown with their paths', async ({ app }) => {
  app.addProgram('fly', SILENT_FLY);
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
  // An unknown app is refused by the core, with a message.
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

test('any procedure can be held with real tools: the tests before launch and the disaster recovery too', async ({
  app,
}) => {
  app.addProgram('fly', SILENT_FLY);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('r');
  await page.getByText('With real tools, on a test app').focus();
  await page.keyboard.press('Enter');
  const procedure = page.getByLabel('Procedure', { exact: true });
  const tools = page.getByRole('list', { name: 'Tools that will be run' });
  await expect(procedure).toHaveValue('application-rollback');
  await procedure.selectOption('disaster-recovery');
  await expect(tools).toContainText('pg_restore');
  await expect(page.getByText('It reads RECOVERY_DUMP, SCRATCH_DATABASE_URL')).toBeVisible();
  await procedure.selectOption('test-of-the-database-rollback');
  await expect(tools).toContainText('psql');
  await procedure.selectOption('test-of-the-application-rollback');
  await page.getByRole('button', { name: 'Declare with real tools' }).click();
  const wizard = wizardOf(page);
  await expect(wizard.strip).toContainText('DRILL');
  await expect(page.getByRole('heading', { name: 'Deploy a test version' })).toBeVisible();
  expect(JSON.parse(app.command('incidents', '--json'))).toMatchObject({
    incidents: [{ kind: 'drill', adapter: 'real', title: 'Test of the application rollback (real tools)' }],
  });
});

test('a drill is declared by the row that the person chooses, whatever the scenario was written for', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('radio', { name: /image-gone/ }).waitFor();
  // Only the row is asked for: no service, title or time.
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Declare the drill' }).waitFor();
  await expect(page.getByText('Every page of the agent service answers 503 since the last deploy.')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(page.locator('[aria-disabled="true"]')).toContainText('Declare the drill');
  // Without a chosen row Enter declares nothing.
  await page.keyboard.press('Enter');
  await expect(page.getByText('Choose a row first')).toBeVisible();
  await page.keyboard.press('5');
  await expect(page.getByRole('radio', { name: /Error rate 10-50%/ })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(wizard.strip).toContainText('P1 High');
  await expect(wizard.mitigation).toContainText('target 15:00');
  expect(JSON.parse(app.command('incidents', '--json'))).toMatchObject({
    incidents: [{ kind: 'drill', severity: 'P1' }],
  });
});

test('an expired login stops the drill with what to do about it', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('login-expired', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await expect(page.getByText(/The Fly login is missing or has expired/).first()).toBeVisible({ timeout: 20_000 });
});
