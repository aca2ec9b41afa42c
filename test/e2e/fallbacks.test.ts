import { expect, test } from './app.ts';
import { failedSql, UNDO } from './database-drill.ts';
import { wizardOf } from './wizard.ts';

test('manual SQL: looked through, one transaction, proven by what it says; the rollback is offered once more', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = await failedSql(page);
  const ways = page.getByRole('region', { name: 'Ways on' });
  await ways.getByRole('button', { name: /Correct the database with a reviewed SQL file/ }).click();
  await page.getByLabel('The reviewed SQL file with the manual fix').fill('fixes/20251013_agent_id.sql');
  await wizard.press('Use this value');
  await wizard.runChange('Run it on hotdashproductiondbx');
  await ways.getByRole('button', { name: /Do "Run the SQL that undoes the migration" again/ }).click();
  await wizard.runChange(UNDO);
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('verified by app', { timeout: 20_000 });
});

test('restore stands last: its own approval, a moment inside the window, the loss stated, proven by status and query', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = await failedSql(page);
  const ways = page.getByRole('region', { name: 'Ways on' });
  await expect(ways.getByRole('listitem').last()).toContainText('Restore the database to a moment before the trouble');
  await ways.getByRole('button', { name: /Restore the database to a moment/ }).click();
  await wizard.press('Read which moments can be restored');
  const moment = page.getByLabel('Back to which moment (UTC)');
  await moment.fill('2025-10-13 10:35:00');
  await page.getByLabel('Who agreed').fill('Mo Adler');
  await page.getByLabel('Their words').fill('Restore it');
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await moment.fill('2025-10-13 09:50:00');
  await expect(page.getByRole('region', { name: 'What is lost' })).toContainText(
    /LOST: everything written in the last/,
  );
  await wizard.press('Go back to this moment');
  const card = page.getByRole('region', { name: 'Before you run it' });
  await expect(card).toContainText('on hotdashproductiondbx');
  await expect(card).toContainText(
    /Everything written in the .+ before the choice, and since\. There is no way back\./,
  );
  await expect(card).toContainText(/Mo Adler \(.+\): “Restore it”/);
  await wizard.runChange('Restore hotdashproductiondbx');
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('verified by app', { timeout: 60_000 });
});

test('a change in a dashboard counts only with what a person saw there', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('image-gone', 60);
  await wizard.startDeploy();
  const ways = page.getByRole('region', { name: 'Ways on' });
  await ways.getByRole('button', { name: /Use the Fly dashboard/ }).click();
  await expect(page.getByRole('link', { name: /fly\.io\/apps\/hotdash-agent-service/ })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the other ways' }).click();
  await ways.getByRole('button', { name: /Use the Fly dashboard/ }).click();
  await page.getByLabel('What you saw').fill('v9 on 2 of 2 machines');
  await wizard.press('Confirm what I saw');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('confirmed');
});
