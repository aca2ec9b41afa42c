/** Which drills are due, how earlier ones went, and when each procedure was last proven. Drills count in no statistics. */
import { expect, test } from './app.ts';

test('a drill of the autopilot is in the chart, the table and "last proven", but not in the schedule or statistics', async ({
  app,
}) => {
  const page = await app.open();
  await expect(page.getByRole('list', { name: 'Drills that are due' })).toContainText('Rollback drill was never held');
  await expect(page.getByRole('note', { name: 'Statistics of live incidents' })).toContainText('Live incidents: 0.');

  app.command('drill', '--scenario', 'app-rollback', '--auto', '--speed', '60');
  await page.reload();
  const due = page.getByRole('list', { name: 'Drills that are due' });
  await expect(due).toContainText('Disaster recovery: restore to scratch was never held');
  await expect(due).toContainText('Rollback drill was never held');
  await expect(page.getByRole('note', { name: 'Statistics of live incidents' })).toContainText('Live incidents: 0.');

  await page.getByRole('button', { name: 'See the drills' }).click();
  const schedule = page.getByRole('region', { name: 'Schedule' });
  await expect(schedule.getByRole('listitem').filter({ hasText: 'Rollback drill' })).toContainText('never');
  const history = page.getByRole('region', { name: 'Results over time' });
  await expect(page.getByRole('img', { name: /Mitigation against target in 1 drill: / })).toBeVisible();
  await expect(history.getByRole('row').filter({ hasText: 'app-rollback' })).toContainText('verified');
  const proven = page.getByRole('region', { name: 'Last proven' }).getByRole('listitem');
  await expect(proven.filter({ hasText: 'Option 1: Application rollback' })).toContainText(
    'last proven today, in a drill with simulated tools',
  );
  await expect(proven.filter({ hasText: 'Option 2: Database rollback' })).toContainText('never proven');
});

test('"last proven" is shown where a runbook is read and where an incident is declared', async ({ app }) => {
  app.command('drill', '--scenario', 'app-rollback', '--auto', '--speed', '60');
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('f');
  await page.getByText('When each procedure was last proven').click();
  await expect(page.getByRole('list', { name: 'Last proven' })).toContainText('last proven today');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('d');
  await page.getByRole('group', { name: 'Decision matrix' }).getByRole('radio').first().waitFor();
  await page.keyboard.press('3');
  await expect(page.getByRole('list', { name: 'Last proven' })).toContainText('Application rollback');
});
