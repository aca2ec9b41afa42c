import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('a deploy that fails is matched to its issue; the branch is offered in the step, gone, and proven as a deploy is', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('image-gone', 60);
  await wizard.startDeploy();
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', { timeout: 30_000 });

  // Reading again does not remove the explanation of the failure.
  const cause = page.getByRole('alert').filter({ hasText: 'no longer in the registry' });
  await expect(cause).toBeVisible();
  const ways = page.getByRole('region', { name: 'Ways on' });
  await ways.getByRole('button', { name: /Check the post-condition again/ }).click();
  await expect
    .poll(async () => (await wizard.storedKinds(app)).filter((kind) => kind === 'proof.evaluated'))
    .toHaveLength(2);
  await expect(cause).toBeVisible();
  const build = ways.getByRole('button', { name: /Build the version that worked from its git tag/ });
  await expect(build).toContainText('fits what failed');
  await expect(build).toContainText('Risk: Takes minutes');
  await expect(build).toContainText('on the image that this build made');
  await build.click();

  // Its values are asked for, and must match their patterns.
  await expect(page.getByRole('main')).toContainText('Another way for “Deploy its image”');
  await page.getByLabel('Whole path of your checkout of the repository').fill('hotdash');
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Whole path of your checkout of the repository').fill('/home/ann/hotdash');
  await page.getByLabel('Whole path of a new folder').fill('/tmp/hotdash-v9');
  await page.getByLabel('Git tag of the version that worked').fill('v1.8.0');
  await wizard.press('Use these values');
  await wizard.runChange('Run git -C');
  await wizard.runChange('Build and deploy to hotdash-agent-service');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 60_000 });
  await wizard.offers('Check health and version');
  const kinds = await wizard.storedKinds(app);
  expect(kinds).toEqual(expect.arrayContaining(['branch.taken', 'values.given', 'release.built']));
});

test('services are healthy but the symptom remains: the matching issue is offered', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.startDeploy();
  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('Approvals are still empty');
  await page.getByRole('button', { name: 'Symptom remains' }).click();
  const ways = page.getByRole('region', { name: 'Ways on' });
  await ways.getByText('from “services are healthy but the application is still broken”').click();
  await expect(ways).toContainText('Ask whether something outside is down');
  await ways.getByRole('button', { name: /Compare the environment/ }).click();
  await wizard.press('Run fly secrets list');
  // It was read-only: the step is decided again, and choosing another release is still offered.
  await expect(ways.getByRole('button', { name: /Choose another release/ })).toBeVisible({ timeout: 20_000 });
});
