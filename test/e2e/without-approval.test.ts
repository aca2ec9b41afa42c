import { goThroughChecklist } from './checklist.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('without approval: a reason and the typed target, a deviation, and a debt until told', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60, 5);
  await goThroughChecklist(page);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await page.getByRole('button', { name: 'Proceed without approval' }).click();
  const without = page.getByRole('region', { name: 'Proceed without approval' });
  const proceed = without.getByRole('button', { name: /without approval/ });
  await without.getByLabel('Reason').fill('nobody answers at 03:12');
  await without.getByLabel(/Target/).fill('hotdash-other');
  await expect(proceed).toBeDisabled();
  await without.getByLabel(/Target/).fill('service');
  await proceed.click();
  await wizard.offers('Deploy v9');
  await wizard.openStillToDo();
  await expect(page.getByRole('region', { name: 'Owed' })).toContainText('Tell the approver');
  expect(storedOf(app, 'approval.bypassed')).toMatchObject([{ reason: 'nobody answers at 03:12', typed: 'service' }]);
  await page.keyboard.press('p');
  await expect(page.getByRole('main')).toContainText('Went on without approval: nobody answers at 03:12');
});

test('the severity is raised while a deploy runs: recorded, and the deploy goes on', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  // A deploy that hangs until it is stopped: any other could end before the row is chosen.
  await wizard.startDrill('deploy-hangs', 60, 4);
  await wizard.startDeploy();
  await expect(wizard.output).toContainText('Verifying app config');
  await page.keyboard.press('v');
  await page
    .getByRole('group', { name: 'Rows of the matrix' })
    .getByRole('button', { name: /Complete outage/ })
    .click();
  await expect(wizard.mitigation).toContainText('target 5:00');
  expect(storedOf(app, 'row.chosen')).toMatchObject([{ row: { targetMs: 300_000 } }]);
  const change = storedOf(app, 'run.intended').find(({ effect }) => effect === 'change');
  expect(storedOf(app, 'run.ended').filter(({ runId }) => runId === change?.['runId'])).toEqual([]);
  expect(storedOf(app, 'run.stop-asked')).toEqual([]);
  await page.keyboard.press('Control+.');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
});
