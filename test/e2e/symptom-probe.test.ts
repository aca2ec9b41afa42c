import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
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
  await wizard.startDeploy();
  await wizard.press('Check health and version');
  await expect(card).toContainText(/Before: HTTP 503.*After: HTTP 200/, { timeout: 30_000 });
  await expect(card.locator('summary')).toContainText(/HTTP 503.*, now HTTP 200/);
  await expect(card.getByRole('img', { name: /\d+ probes, \d+ bad/ })).toBeVisible();
});

test('another address is typed at declare: a bad one is refused there, a good one is what is asked', async ({
  app,
}) => {
  app.trust(liveRunbook('http://127.0.0.1:9/health'));
  const page = await app.open();
  const wizard = wizardOf(page);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('d');
  await page.getByRole('radio', { name: /The service is down/ }).check();
  const probe = page.getByRole('combobox', { name: /Symptom probe/ });
  await expect(probe).toHaveValue('http://127.0.0.1:9/health');
  const declare = page.getByRole('button', { name: /^Declare P0/ });
  for (const bad of ['http://127.0.0.1:9/other', 'https://ann:secret@127.0.0.1:9/', 'the health page']) {
    await probe.fill(bad);
    await expect(declare).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByRole('main')).toContainText(/The symptom probe (is not an https address|must not carry)/);
  }
  await probe.fill('https://127.0.0.1:9/status');
  await expect(declare).toHaveAttribute('aria-disabled', 'false');
  await declare.click();
  await wizard.offers('Read the releases');
  const card = page.locator('details[aria-label="Symptom probe"]');
  await expect(card).toContainText('no answer');
  await card.locator('summary').click();
  await expect(card).toContainText('https://127.0.0.1:9/status');
  expect(storedOf(app, 'incident.declared')).toMatchObject([
    { symptomProbe: { kind: 'address', url: 'https://127.0.0.1:9/status' } },
  ]);
  await expect.poll(() => storedOf(app, 'probe.sampled').length).toBeGreaterThan(0);
  expect(storedOf(app, 'probe.sampled')[0]).toMatchObject({ target: 'https://127.0.0.1:9/status' });
});
