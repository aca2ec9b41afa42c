import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('a database rollback: identified by typing, a file looked through, dumped, run in one transaction, proven', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('db-rollback', 60);
  await wizard.press('Identify the database');
  await page.getByLabel(/^Type the end of hotdashproductiondbx/).fill('iondbx');
  await expect(page.getByRole('region', { name: 'The database' })).toContainText('db.hotdashproductiondbx.supabase.co');
  await wizard.press('This is the right database');

  await wizard.press('Read the migrations and the backups');
  await expect(page.getByRole('radio', { name: /^20251013095800, proposed/ })).toBeChecked();
  await expect(page.getByRole('region', { name: 'Backups' })).toContainText('A backup is older');
  await wizard.press('Undo 20251013095800');

  await wizard.tickAll('maintenance mode is on');
  await wizard.press('Confirm this step');
  await wizard.press('Dump 2 tables and prove the dump');
  await expect(wizard.outcomeOf('Take a dump')).toContainText('verified by app', { timeout: 20_000 });

  // The manager decides, also in a P0.
  await page.getByLabel('Who agreed').fill('Mo Adler');
  await wizard.press('Record the approval');
  const card = page.getByRole('region', { name: 'Before you run it' });
  await expect(card).toContainText('Whatever was written to public.agent_approvals, public.approvals since');
  await wizard.runChange('Undo migration 20251013095800 on hotdashproductiondbx');
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('verified by app', { timeout: 20_000 });
  await wizard.press('Check history, catalogue and rows');
  await expect(wizard.outcomeOf('Verify the state')).toContainText('verified by app', { timeout: 20_000 });
});

test('no backup older than the migration: a red gate that only a reason opens', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('no-backup', 60);
  await wizard.press('Identify the database');
  await page.getByLabel(/^Type the end of/).fill('iondbx');
  await wizard.press('This is the right database');
  await wizard.press('Read the migrations and the backups');
  const backups = page.getByRole('region', { name: 'Backups' });
  await expect(backups).toContainText('No backup is known to be older');
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Why it is undone all the same').fill('The dump before it is at hand');
  await wizard.press('Undo 20251013095800');
  await expect(wizard.outcomeOf('Choose the migration')).toContainText('done by app');
});

test('SQL that fails: failed with the reason of the server, another file and a restore offered', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('db-sql-error', 60);
  await wizard.press('Identify the database');
  await page.getByLabel(/^Type the end of/).fill('iondbx');
  await wizard.press('This is the right database');
  await wizard.press('Read the migrations and the backups');
  await wizard.press('Undo 20251013095800');
  await wizard.tickAll('maintenance mode is on');
  await wizard.press('Confirm this step');
  await wizard.press('Dump 2 tables and prove the dump');
  await page.getByLabel('Who agreed').fill('Mo Adler');
  await wizard.press('Record the approval');
  await wizard.runChange('Undo migration 20251013095800 on hotdashproductiondbx');
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('failed', { timeout: 20_000 });
  const main = page.getByRole('main');
  await expect(main).toContainText('in line 4 of the file');
  await expect(main).toContainText('Choose another SQL file');
  await expect(main).toContainText('Restore a backup in the Supabase dashboard');
});
