import { expect, test } from './app.ts';
import { SERVER_GONE } from './trouble.ts';
import { wizardOf } from './wizard.ts';

// A person answers the checkpoint while the watch goes on.
test.use({ speed: 2 });

test('the watch asks at its checkpoint; follow-ups count from the mitigation and block the close, not the resolve', async ({
  app,
  expectedTrouble,
}) => {
  // The page loses its server at the end, when the terminal takes the incident up.
  expectedTrouble.push(SERVER_GONE);
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.startDeploy();
  await wizard.press('Check health and version');
  const reminder = page.getByRole('region', { name: 'Follow-ups' });
  // Nothing is due before the rollback is effective.
  await expect(reminder).toHaveCount(0);
  await page.getByLabel('What you saw').fill('HTTP 200, v9');
  await wizard.press('Confirm: symptom gone');
  await wizard.openStillToDo();
  await expect(reminder).toContainText('8 follow-ups');
  await wizard.tickAll('as it should be');
  await wizard.press('Confirm this step');
  await wizard.press('Watch for 30 minutes');

  const probes = page.getByRole('region', { name: 'Probes' });
  await expect(probes.getByRole('img', { name: /hotdash-agent-service: \d+ probes, 0 bad/ })).toBeVisible();
  await expect(wizard.title).toContainText('Checkpoint after 15 minutes', { timeout: 40_000 });
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('What you see now').fill('orders go through');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Timeline entries')).toContainText('Checkpoint after 15 minutes: all well');
  await expect(wizard.title).toContainText('Resolve', { timeout: 60_000 });
  await expect(wizard.outcomeOf('Watch for 30 minutes')).toContainText('verified by app');

  // The first group's time is up by now, but a drill's follow-ups do not shout (rule 14); resolving goes on all the same.
  await wizard.openStillToDo();
  await expect(reminder).toContainText(/8 follow-ups open\s+next due in/);
  await expect(reminder).not.toContainText('overdue');
  await wizard.press('Resolve the incident');
  await expect(page.getByRole('button', { name: 'Close the incident' })).toHaveCount(0);
  const after = page.getByRole('region', { name: 'After the rollback' });
  await expect(after).toContainText('8 follow-ups are open');
  // The runbook's own text about each, its commands as well.
  await expect(after).toContainText('Read the metrics every 5 minutes; in a checkout of the repository:');
  await expect(after).toContainText('npm run monitor:stats');
  const stable = after.getByRole('button', { name: 'Done: Verify that the system is stable' });
  await expect(stable).toHaveAttribute('aria-disabled', 'true');
  for (const criterion of await after.getByLabel(/^What you saw: (?:All health|Error rate|Response|Operators)/).all()) {
    expect(await criterion.isVisible()).toBe(true);
  }
  for (const name of ['All health checks pass', 'Error rate below 1%', 'Response times', 'Operators can work']) {
    const field = after.getByLabel(new RegExp(`^What you saw: ${name}`));
    await field.fill('seen');
    await field.press('Enter');
    await expect(field).toHaveCount(0);
  }
  await stable.click();
  await expect(after).toContainText('7 follow-ups are open');

  // The same list in a terminal, and the rest of it waived there.
  const { incidents } = JSON.parse(app.command('incidents', '--json'));
  const id = String(incidents[0].id);
  await app.kill();
  const waived = app.command(
    'follow-ups',
    id,
    '--waive',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '--saying',
    'only a drill',
    '--json',
  );
  const standing = JSON.parse(waived).followUps.map((one: { standing: string }) => one.standing);
  expect(standing).toEqual(['done', ...Array.from({ length: 7 }, () => 'waived')]);
});
