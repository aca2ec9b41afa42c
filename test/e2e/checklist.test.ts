import { goThroughChecklist } from './checklist.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('in a P0 one key defers all five groups; they must be settled before the incident is closed', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1);
  // It does not block: the first action is that of the rollback.
  await wizard.offers('Read the releases');
  // The runbook's own words about the step.
  await expect(page.getByRole('main')).toContainText('The newest complete release whose image is neither running now');
  await wizard.openStillToDo();
  const card = page.getByRole('region', { name: 'Pre-rollback checklist' });
  await expect(card).toContainText('5 open');
  await page.keyboard.press('k');
  await expect(card).toContainText(/5 put off, due \d\d:\d\d/);
  expect(storedOf(app, 'checklist.deferred')[0]?.['items']).toHaveLength(5);
  await page.keyboard.press('l');
  const list = page.getByRole('list', { name: 'Checklist' });
  await expect(list).toContainText('How many users does it affect?');
  await expect(list).toContainText('The last log lines, the releases and the machines as they are now.');
  await list.getByRole('button', { name: /^Tick: Identify/ }).click();
  await page.getByLabel(/^What you saw:/).press('Enter');
  await expect(list.getByRole('button', { name: /^Untick: Identify/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toContainText('4 put off');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('it went away by itself');
  await page.getByRole('button', { name: 'Resolve the incident as it is' }).click();
  const open = page.getByRole('region', { name: 'Deferred' });
  await expect(open).toContainText('Get approval');
  await expect(page.getByRole('button', { name: 'Close the incident' })).toHaveCount(0);
  for (let left = 4; left > 0; left -= 1) {
    await open
      .getByRole('button', { name: /^Waive:/ })
      .first()
      .click();
    await open.getByLabel('Why it need not be done').fill('nothing was rolled back');
    await open.getByRole('button', { name: 'Waive it' }).click();
    await expect(page.getByRole('button', { name: /^Waive:/ })).toHaveCount(left - 1);
  }
  await page.getByRole('button', { name: 'Close the incident' }).click();
  await expect(wizard.title).toHaveText('Closed');
});

test('below P0 the checklist comes first, and each item is ticked with what was seen', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1, 5);
  await expect(wizard.title).toHaveText('Pre-rollback checklist');
  const list = page.getByRole('list', { name: 'Checklist' });
  await expect(list).toContainText('Could a fix go forward quickly?');
  await expect(list).toContainText('Known to Rollbook: needed: the team lead');
  await expect(list).toContainText('Known to Rollbook: 3 captured', { timeout: 30_000 });
  // The approval is recorded in the checklist, where it is asked for.
  await list.getByRole('button', { name: 'Record the approval' }).click();
  await page.getByLabel('Who agreed').fill('Lena');
  await page.getByRole('region', { name: 'Approval' }).getByRole('button', { name: 'Record the approval' }).click();
  await expect(list).toContainText('Lena (Team lead, by voice)');
  // The answer "no" is stored, and does not tick the check.
  await list
    .getByRole('button', { name: /^Tick: / })
    .first()
    .click();
  await list.getByLabel(/^What you saw: /).fill('no');
  await list.getByRole('button', { name: 'Record that it is not so' }).click();
  await expect(list).toContainText('answered: no');
  await goThroughChecklist(page);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
  expect(storedOf(app, 'check.ticked').map(({ observed }) => observed)).toEqual([
    'no',
    expect.stringContaining('detected'),
    'seen by ann',
    'Lena (Team lead, by voice)',
    'seen by ann',
    '3 captured',
  ]);
});

test('below P0 it can be deferred too, with a reason', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1, 5);
  await page.getByRole('button', { name: 'Put off what is open' }).click();
  await page.getByLabel('Why it is put off').fill('it gets worse by the minute');
  await page.getByLabel('Why it is put off').press('Enter');
  await wizard.offers('Read the releases');
});
