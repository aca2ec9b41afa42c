import { liveRunbook } from '../fixtures/live-runbook.ts';
import { ALL_OF_A_WATCH, expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { SERVER_GONE } from './trouble.ts';
import { wizardOf } from './wizard.ts';

test('killed in the middle of a deploy: the next start finds its result, and deploys nothing again', async ({
  app,
  expectedTrouble,
  simulatedTools,
}) => {
  // The page loses its server on purpose.
  expectedTrouble.push(SERVER_GONE);
  const tools = await simulatedTools('app-rollback', { speed: 10 });
  const before = tools.cloud.read().releases.length;
  app.trust(liveRunbook(tools.healthUrl));
  let page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.startDeploy();
  await expect(wizard.output).toContainText('Verifying app config', { timeout: 20_000 });
  await app.kill('SIGKILL');
  page = await app.open();
  await page.getByRole('button', { name: /^Resume The service is down/ }).click();
  await expect(wizardOf(page).outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 60_000 });
  expect(tools.cloud.read().releases).toHaveLength(before + 1);
  expect(storedOf(app, 'run.intended').filter(({ effect }) => effect === 'change')).toHaveLength(1);
});

test('a failed deploy offers its ways on and starts none of them, not at the next start either', async ({
  app,
  expectedTrouble,
  simulatedTools,
}) => {
  expectedTrouble.push(SERVER_GONE);
  const tools = await simulatedTools('mixed-versions');
  const before = tools.cloud.read().releases.length;
  app.trust(liveRunbook(tools.healthUrl));
  let page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.startDeploy();
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', { timeout: 60_000 });
  await expect(page.getByText('Choose another release').first()).toBeVisible();
  const ended = (await wizard.storedKinds(app)).length;
  await app.kill('SIGKILL');
  page = await app.open();
  await page.getByRole('button', { name: /^Resume The service is down/ }).click();
  await expect(wizardOf(page).outcomeOf('Deploy its image')).toContainText('failed');
  await expect(page.getByText('Choose another release').first()).toBeVisible();
  expect(tools.cloud.read().releases).toHaveLength(before + 1);
  expect((await wizard.storedKinds(app)).slice(ended)).not.toContain('run.intended');
});

test('the machine is kept awake only while a command runs', async ({ app }) => {
  const isHeld = app.awakeness();
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deploy-hangs', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9 to hotdash-agent-service');
  await expect.poll(isHeld).toBe(false);
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await expect.poll(isHeld).toBe(true);
  // Wait for the deploy itself, because the lock is already held while the releases are read before it.
  await expect(wizard.output).toContainText('Verifying app config');
  await page.keyboard.press('Control+.');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
  await expect.poll(isHeld).toBe(false);
});

test.describe('a whole watch', () => {
  test.use(ALL_OF_A_WATCH);

  test('the machine is kept awake during the whole watch', async ({ app }) => {
    const isHeld = app.awakeness();
    const page = await app.open();
    const wizard = wizardOf(page);
    await wizard.startDrill('app-rollback', 60);
    await wizard.untilWatch();
    await expect.poll(isHeld).toBe(false);
    await wizard.press('Watch for 30 minutes');
    await expect.poll(isHeld).toBe(true);
    await expect(wizard.title).toContainText('Resolve', { timeout: 60_000 });
    await expect.poll(isHeld).toBe(false);
  });
});
