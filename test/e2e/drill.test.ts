import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('a P0 drill: declared by its matrix row, proven by its post-condition, watched, reported', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60, 3);
  await expect(wizard.target).toContainText('hotdash-agent-service');
  await expect(wizard.strip).toContainText('DRILL');
  await expect(wizard.strip).toContainText('P0 Critical');
  await expect(wizard.mitigation).toContainText('target 5:00');

  await wizard.press('Read the releases of hotdash-agent-service');
  await expect(wizard.release(9)).toBeChecked();
  await wizard.press('Go back to v9');

  await expect(page.getByRole('region', { name: 'Before you run it' })).toContainText(
    'Config, secrets and schema. Only the image goes back.',
  );
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  // The output streams while the command runs: its first lines are there before its last.
  await expect(wizard.output).toContainText('Verifying app config');
  await expect(wizard.outcomeOf('Deploy its image')).not.toContainText('verified');
  // The command has ended well; green comes only with the post-condition.
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 20_000 });
  const kinds = await wizard.storedKinds(app);
  expect(kinds.indexOf('proof.evaluated')).toBeLessThan(kinds.lastIndexOf('step.ended'));

  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('HTTP 200, v9');
  await wizard.press('Confirm: symptom gone');
  await expect(wizard.mitigation).toContainText(/target (met|missed)/);
  await wizard.tickAll('as it should be');
  await wizard.press('Confirm this step');
  await wizard.press('Watch for 30 minutes');
  await expect(wizard.title).toContainText('Resolve', { timeout: 60_000 });
  await wizard.press('Resolve the incident');
  await wizard.press('Write the report');
  await expect(page.getByRole('article', { name: 'Report preview' })).toContainText('Incident Report:');
  await page.getByRole('button', { name: /Export the report/ }).click();
  const path = /(\/\S+\.md)/.exec(await page.getByRole('status').filter({ hasText: '.md' }).innerText())?.[1] ?? '';
  const report = readFileSync(path, 'utf8');
  for (const heading of [
    '**Severity**: P0',
    '**Duration**',
    '**Impact**',
    '## Timeline',
    '## Root Cause',
    '## Resolution',
    '## Lessons Learned',
    '## Action Items',
  ]) {
    expect(report).toContain(heading);
  }
});

test('a drill is declared by the row that the person chooses, whatever the scenario was written for', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('radio', { name: /image-gone/ }).waitFor();
  // Not one field more than the row: no service, title or time.
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Declare the drill' }).waitFor();
  await expect(page.getByText('Every page of the agent service answers 503 since the last deploy.')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(page.locator('[aria-disabled="true"]')).toContainText('Declare the drill');
  // Without a row Enter declares nothing.
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

test('a deploy that exits 0 while the service stays down ends failed, with the alternatives, never green', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback-unhealthy', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', { timeout: 30_000 });
  await expect(wizard.outcomeOf('Deploy its image')).not.toContainText('verified');
  await expect(page.getByRole('alert').filter({ hasText: 'health address answered 503' })).toBeVisible();
  for (const way of [
    'Check the post-condition again',
    'Choose another release',
    'Option 4: Maintenance mode',
    'dashboard',
  ]) {
    await expect(page.getByText(way).first()).toBeVisible();
  }
  await expect(wizard.mitigation).not.toContainText(/target (met|missed)/);
});

test('a reload in the middle comes back to the same step with the same clocks', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 10);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await expect(wizard.output).toContainText('Verifying app config');
  const before = await wizard.elapsedSeconds();
  await page.reload();
  await expect(wizard.title).toContainText('Deploy its image');
  await expect(wizard.output).toContainText('Verifying app config');
  expect(await wizard.elapsedSeconds()).toBeGreaterThanOrEqual(before);
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 30_000 });
});

test('a hidden tab does not slow the run', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await wizard.hide(app);
  // Nobody looks: the core goes on all the same, as the store shows.
  await expect.poll(() => wizard.storedKinds(app), { timeout: 30_000 }).toContain('proof.evaluated');
  await wizard.show();
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app');
});
