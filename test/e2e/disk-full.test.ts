/** The disk fills up during a watch: the window says so, the watch goes on, and everything is stored once there is room. */
import { ALL_OF_A_WATCH, expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test.use(ALL_OF_A_WATCH);

test('a disk that fills up during a watch is reported at once, and no reading is lost', async ({ app, disk }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.untilWatch();
  await wizard.press('Watch for 30 minutes');
  const probes = page.getByRole('region', { name: 'Probes' });
  await expect(probes.getByRole('img', { name: /\d+ probes, 0 bad/ })).toBeVisible();
  disk.fill();
  const said = page.getByRole('alert').filter({ hasText: 'The timeline cannot be written' });
  await expect(said).toContainText('is full', { timeout: 20_000 });
  await expect(said).toContainText('The watch goes on. What it reads is kept');
  await expect(page.getByText('Watching.')).toBeVisible();
  await page.getByLabel('Note').fill('Called Bo, on the phone');
  await page.getByLabel('Note').press('Enter');
  await expect(said).toContainText('note: Called Bo, on the phone');
  disk.makeRoom();
  await expect(said).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByText('Called Bo, on the phone')).toBeVisible();
  await expect(wizard.outcomeOf('Watch for 30 minutes')).toContainText('verified by app', { timeout: 60_000 });
});

test('a command that is stopped while the disk is full is shown as stopped', async ({ app, disk }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deploy-hangs', 60);
  await wizard.startDeploy();
  await expect(wizard.output).toContainText('Verifying app config');
  disk.fill();
  await page.keyboard.press('Control+.');
  await expect(page.getByText('The command was stopped (')).toBeVisible({ timeout: 20_000 });
  disk.makeRoom();
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
  await expect(page.getByText('The command was stopped (')).toHaveCount(0);
});
