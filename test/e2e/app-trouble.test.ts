import { expect, test } from './app.ts';
import { SERVER_GONE } from './trouble.ts';
import { wizardOf } from './wizard.ts';

test('a hidden tab does not slow the run', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.startDeploy();
  await wizard.hide(app);
  // Nobody looks: the core goes on all the same, as the store shows.
  await expect.poll(() => wizard.storedKinds(app), { timeout: 30_000 }).toContain('proof.evaluated');
  await wizard.show();
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app');
});

test('a reload during a deploy comes back to the same step with the same clocks', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  // A deploy that hangs until it is stopped: any other could end before the page is loaded again.
  await wizard.startDrill('deploy-hangs', 60);
  await wizard.startDeploy();
  await expect(wizard.output).toContainText('Verifying app config');
  const before = await wizard.elapsedSeconds();
  await page.reload();
  await expect(wizard.title).toContainText('Deploy its image');
  await expect(wizard.output).toContainText('Verifying app config');
  expect(await wizard.elapsedSeconds()).toBeGreaterThanOrEqual(before);
  // The clock and the run go on: the run can still be stopped.
  await page.keyboard.press('Control+.');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
});

test('Rollbook ends when it is told to, also while a simulated deploy hangs', async ({ app, expectedTrouble }) => {
  // The page loses its server on purpose.
  expectedTrouble.push(SERVER_GONE);
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deploy-hangs', 60);
  await wizard.startDeploy();
  await expect(wizard.output).toContainText('Verifying app config');
  // Resolves when its process is gone.
  await app.kill('SIGTERM');
  const lost = page.getByRole('alert').filter({ hasText: 'The connection to Rollbook is lost.' });
  await expect(lost).toContainText('the commands of this drill ended with it');
  await expect(lost).toContainText(/No news since \d\d:\d\d:\d\d/);
  await expect(lost).toHaveCSS('display', 'block');
  await expect(page.getByText('without news since')).toBeVisible();
  await expect(page.getByText('The next action comes by itself.')).toHaveCount(0);
});
