import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { ALL_OF_A_WATCH, expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test.describe('a whole watch', () => {
  test.use(ALL_OF_A_WATCH);

  test('a P0 drill: declared by its matrix row, proven by its post-condition, watched, reported', async ({ app }) => {
    const page = await app.open();
    const wizard = wizardOf(page);
    await wizard.startDrill('app-rollback', 60, 3);
    await expect(wizard.target).toContainText('hotdash-agent-service');
    await expect(wizard.strip).toContainText('DRILL');
    await expect(wizard.strip).toContainText('P0 Critical');
    await expect(wizard.strip).toContainText('60 times');
    await expect(wizard.mitigation).toContainText('target 5:00');

    await wizard.press('Read the releases of hotdash-agent-service');
    await expect(wizard.release(9)).toBeChecked();
    await wizard.press('Go back to v9');

    await expect(page.getByRole('region', { name: 'Before you run it' })).toContainText(
      'Config, secrets and schema stay as they are.',
    );
    await wizard.runChange('Deploy v9 to hotdash-agent-service');
    // At this speed the command ends within a second, but the step is green only after its post-condition is met.
    await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 20_000 });
    const kinds = await wizard.storedKinds(app);
    expect(kinds.lastIndexOf('run.ended')).toBeLessThan(kinds.indexOf('proof.evaluated'));
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
});

test('a live P0 by keyboard: at most 8 presses to the running command, a real process, proven', async ({
  app,
  simulatedTools,
}) => {
  // Slow enough to see the progress of the deploy, also on a busy machine.
  const tools = await simulatedTools('app-rollback', { speed: 3 });
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  let presses = 0;
  const press = async (key: string): Promise<void> => {
    presses += 1;
    await page.keyboard.press(key);
  };
  await press('d');
  await page.getByRole('radio', { name: /The service is down/ }).waitFor();
  await press('1');
  await expect(page.getByRole('radio', { name: /The service is down/ })).toBeChecked();
  await press('Enter');
  await wizard.offers('Read the releases');
  await press('Enter');
  await wizard.offers('Go back to v9');
  await press('Enter');
  await wizard.offers('Deploy v9 to hotdash-agent-service');
  await press('Enter');
  await wizard.offers('Run now: Deploy v9');
  await press('Enter');
  await expect(wizard.output).toContainText('Verifying app config', { timeout: 20_000 });
  // While the command runs, its first lines and the number of the current machine are shown.
  await expect(page.getByRole('status').filter({ hasText: 'Deploying v9' })).toContainText(/Machine [12] of 2: \S/, {
    timeout: 20_000,
  });
  expect(presses).toBeLessThanOrEqual(8);

  await expect(wizard.strip).toContainText('LIVE');
  await expect(wizard.strip).toContainText(join(tools.pathEntry, 'fly'));
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 60_000 });
  expect(tools.cloud.read().releases.at(-1)?.status).toBe('complete');
});

test('v9 on one machine and v10 on another: each machine is named, and the deploy is offered to be finished', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('mixed-versions', 60);
  await wizard.startDeploy();
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', { timeout: 60_000 });
  const machines = page.getByRole('table', { name: 'Machines of hotdash-agent-service' });
  await expect(machines).toContainText('mixed');
  await expect(machines.getByRole('row', { name: /91854d0ea52683/ })).toContainText('other image');
  await expect(machines.getByRole('row', { name: /3d8d9014c56e89/ })).toContainText('chosen image');
  const first = page.getByRole('region', { name: 'Ways on' }).getByRole('listitem').first();
  await expect(first).toContainText('Finish the deploy');
  await expect(first).toContainText('recommended');
});

test('a second service is broken as well: it gets a release, a run, a proof and an outcome of its own', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  const mcp = 'hotdash-llamaindex-mcp';
  await wizard.startDrill('full-system', 60);
  await wizard.offers('Read the releases of 3 services');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('only the agent service seems broken');
  await page.getByRole('button', { name: /Option 1: Application rollback/ }).click();
  await wizard.startDeploy();
  await wizard.press('Check health and version');
  await page.getByRole('button', { name: 'Another service is broken as well' }).click();

  await wizard.press('Read the releases of 3 services');
  // A machine that was rolled back is left alone, with the reason.
  await expect(page.getByLabel('Why hotdash-agent-service is left out')).toHaveValue(
    'went back to v9 already, verified',
  );
  await expect(page.getByLabel(`Release of ${mcp}`)).toHaveValue('4');
  await page.getByLabel('Release of hotdash-app').selectOption({ label: 'Leave it as it is' });
  await page.getByLabel('Why hotdash-app is left out').fill('it answers well');
  await wizard.press('Go back with 1 of 3 services');
  await wizard.runChange(`Deploy v4 to ${mcp}`);
  await expect(wizard.outcomeOf('Roll back all services')).toContainText('verified by app', { timeout: 40_000 });

  expect(storedOf(app, 'release.chosen')).toMatchObject([{ version: 9 }]);
  expect(storedOf(app, 'service.release-chosen')).toMatchObject([{ service: mcp, version: 4 }]);
  const deploys = storedOf(app, 'run.intended').filter(({ effect }) => effect === 'change');
  expect(deploys.map(({ shown }) => /-a (\S+)/.exec(String(shown))?.[1])).toEqual(['hotdash-agent-service', mcp]);
  expect(storedOf(app, 'service.ended')).toMatchObject([{ service: mcp, outcome: 'verified' }]);
  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('both answer 200');
  await wizard.press('Confirm: symptom gone');
  await wizard.press('Run npm run test:agent-sdk');
  await wizard.tickAll('works');
  await wizard.press('Confirm this step');
  await wizard.press('Watch for 30 minutes');
  // Both services are watched, each at its own address.
  await expect
    .poll(() => new Set(storedOf(app, 'watch.reading').map(({ service }) => service)), { timeout: 40_000 })
    .toEqual(new Set(['hotdash-agent-service', mcp]));
});
