import { goThroughChecklist } from './checklist.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

const ERROR_RATE_P1 = 5;
const ONE_OPERATOR_P2 = 8;

test('a P1 needs the team lead: who, role, how, words and time are recorded, and then the change is offered', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60, ERROR_RATE_P1);
  await goThroughChecklist(page);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await expect(wizard.title).toHaveText('Approval: the team lead must agree');
  await expect(page.getByRole('main')).toContainText('Team lead approval required');
  await page.getByLabel('Who agreed').fill('Lena');
  await page.getByLabel('How').selectOption('on Slack');
  await page.getByLabel('Their words').fill('go ahead, back to v9');
  await wizard.press('Record the approval');
  // A change that can be undone needs no typed name.
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  expect(storedOf(app, 'approval.recorded')).toMatchObject([
    {
      who: 'Lena',
      role: 'Team lead',
      how: 'on Slack',
      words: 'go ahead, back to v9',
      givenAt: expect.any(Number),
    },
  ]);
});

test('a P2 needs the manager: the team lead is not enough, and that is said', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60, ONE_OPERATOR_P2);
  await goThroughChecklist(page);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await expect(wizard.title).toHaveText('Approval: the manager must agree');
  await page.getByLabel('Who agreed').fill('Lena');
  await page.getByLabel('Role').selectOption('Team lead');
  await wizard.press('Record the approval');
  await expect(page.getByText('That is not enough: the manager must agree.')).toBeVisible();
  await page.getByLabel('Who agreed').fill('Mona');
  await page.getByLabel('Role').selectOption('Manager');
  await wizard.press('Record the approval');
  await wizard.offers('Deploy v9');
});

test('a P0 needs no approval, and owes the team a notification', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.startDeploy();
  await wizard.openStillToDo();
  const owed = page.getByRole('region', { name: 'Owed' });
  await expect(owed).toContainText('Tell the team');
  await owed.getByRole('button', { name: 'Somebody was told' }).click();
  await page.getByLabel('Who was told').fill('Lena');
  await page.getByLabel('Who was told').press('Enter');
  await expect(owed).toHaveCount(0);
  expect(storedOf(app, 'debt.paid')).toMatchObject([{ debt: 'notify-after', who: 'Lena' }]);
});
