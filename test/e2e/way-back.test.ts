import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('a fix that failed is as bad as what it should mend: the newest release from before both is proposed', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('fix-failed-first', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await expect(wizard.release(9)).toBeChecked();
  for (const bad of [10, 11]) {
    await expect(page.getByRole('radio', { name: `v${bad}, bad in this incident` })).not.toBeChecked();
  }
  // v8 is older and was never in service, so it is not proposed.
  await expect(page.getByRole('radio', { name: 'v8, never complete' })).not.toBeChecked();
  await wizard.offers('Go back to v9');
});

test('somebody else deploys between the choice and the act: nothing is run, and who it was is shown', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deployed-meanwhile', 60);
  await wizard.startDeploy();
  await expect(page.getByRole('main').getByText('changed since v9 was chosen: the newest is now v11')).toBeVisible({
    timeout: 20_000,
  });
  const kinds = await wizard.storedKinds(app);
  expect(kinds).toContain('releases.changed');
});

test('somebody else deploys during the watch: the alarm names the release and who made it', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('secret-set-in-watch', 60);
  await wizard.untilWatch();
  await wizard.press('Watch for 30 minutes');
  const alarm = page.getByRole('alert').filter({ hasText: 'is not ours' });
  await expect(alarm).toContainText('v12', { timeout: 40_000 });
  await expect(alarm).toContainText('ben@hotdash.example released it during the watch: Update secrets');
});

test('where every complete release is bad nothing is proposed: a person may still choose, and is told the risk', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  // The running release is the first one that was ever in service.
  tools.cloud.update((cloud) => ({
    ...cloud,
    releases: cloud.releases.filter(({ version }) => version >= 10),
  }));
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Read the releases');
  await expect(page.getByRole('main').getByText('Nothing is proposed.')).toBeVisible();
  expect(storedOf(app, 'releases.read')).toMatchObject([{ proposed: null }]);
  await expect(page.getByRole('radio', { checked: true, name: /^v/ })).toHaveCount(0);
  const primary = page.locator('[data-primary]');
  await expect(primary).toHaveAttribute('aria-disabled', 'true');
  // Enter does nothing while no release is chosen.
  await page.keyboard.press('Enter');
  await wizard.release(10).check();
  await expect(page.getByText('Take care: Its image is running now.')).toBeVisible();
  expect(storedOf(app, 'release.chosen')).toEqual([]);
  expect(storedOf(app, 'run.intended').filter(({ effect }) => effect === 'change')).toEqual([]);
});

test('after a bad deploy during the watch the picker marks it, and what went before it, and goes further back', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deployed-in-watch', 60);
  await wizard.untilWatch();
  await wizard.press('Watch for 30 minutes');
  await page
    .getByRole('region', { name: 'Ways on' })
    .getByRole('button', { name: /Choose another release/ })
    .click({ timeout: 40_000 });
  await wizard.press('Read the releases of hotdash-agent-service');
  await expect(wizard.release(7)).toBeChecked();
  for (const bad of [9, 10, 11, 12]) {
    await expect(page.getByRole('radio', { name: `v${bad}, bad in this incident` })).not.toBeChecked();
  }
  await expect(page.locator('.release').filter({ hasText: 'v12' })).toContainText('running now');
});

test('a clock behind the times of the releases is said in the picker, and nothing is judged by it', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  tools.cloud.update((cloud) => ({
    ...cloud,
    releases: cloud.releases.map((release) => ({ ...release, createdAt: release.createdAt + 3 * 3_600_000 })),
  }));
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Read the releases');
  await expect(page.getByRole('main')).toContainText(
    /Nothing is proposed\. The clock of this machine is at least .* behind: Fly dates v10 in the future\./,
  );
  await expect(page.getByRole('radio', { name: 'v9, unknown, clocks differ' })).not.toBeChecked();
  await expect(page.getByRole('radio', { name: 'v9, bad in this incident' })).toHaveCount(0);
  // A person may know.
  await wizard.release(9).check();
  await wizard.press('Go back to v9');
  await expect.poll(() => storedOf(app, 'release.chosen')).toMatchObject([{ version: 9 }]);
});

test('a clock ahead of the times of the releases is said once a release was made here', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.startDeploy();
  await wizard.offers('Check health and version');
  tools.cloud.update((cloud) => ({
    ...cloud,
    releases: cloud.releases.map((release) =>
      release.version < 11 ? release : { ...release, createdAt: release.createdAt - 3_600_000 },
    ),
  }));
  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('HTTP 500');
  await page.getByRole('button', { name: 'Symptom remains' }).click();
  await page
    .getByRole('region', { name: 'Ways on' })
    .getByRole('button', { name: /Choose another release/ })
    .click();
  await wizard.press('Read the releases');
  await expect(page.getByRole('main')).toContainText(
    /The clock of this machine is about .* ahead: Fly dates v11, which was made here, before that\./,
  );
});
