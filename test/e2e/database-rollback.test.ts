import { type App, expect, test } from './app.ts';
import { approved, dumped, failedSql, goOn, MIGRATION, migrationsRead, UNDO, writesStopped } from './database-drill.ts';
import { storedOf } from './stored.ts';

/** The command that listed the backups, for each version of supabase. */
const backupCall = (app: App): Record<string, unknown> | undefined =>
  storedOf(app, 'run.intended').find(({ shown }) => String(shown).startsWith('supabase backups list'));

test('a database rollback: behind the maintenance page, identified by typing, dumped, run in one transaction, proven', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = await writesStopped(page, 'db-rollback');
  await expect(wizard.mitigation).toContainText('contained');
  await wizard.press('Identify the database');
  await page.getByLabel(/^Type the end of hotdashproductiondbx/).fill('iondbx');
  await expect(page.getByRole('region', { name: 'The database' })).toContainText('db.hotdashproductiondbx.supabase.co');
  await wizard.press('This is the right database');

  await wizard.press('Read the migrations and the backups');
  await expect(page.getByRole('radio', { name: /^20251013095800, proposed/ })).toBeChecked();
  const backups = page.getByRole('region', { name: 'Backups' });
  await expect(backups).toContainText('A backup is older');
  // Its age compared with the migration of 09:58.
  await expect(backups.getByRole('listitem').first()).toContainText('COMPLETED, 5 h 46 min before the migration');
  // Version 2 has another option for the target than version 3, and does not print the target.
  expect(backupCall(app)).toMatchObject({
    toolVersion: '2.48.3',
    shown: 'supabase backups list --project-ref hotdashproductiondbx -o json',
  });
  await wizard.press(`Undo ${MIGRATION}`);

  await dumped(wizard);
  await expect(wizard.outcomeOf('Take a dump')).toContainText('verified by app', { timeout: 20_000 });

  await approved(page, wizard);
  const card = page.getByRole('region', { name: 'Before you run it' });
  await expect(card).toContainText('Whatever was written to public.agent_approvals, public.approvals since');
  await wizard.runChange(UNDO);
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('verified by app', { timeout: 20_000 });
  await wizard.press('Check history, catalogue and rows');
  await expect(wizard.outcomeOf('Verify the state')).toContainText('verified by app', { timeout: 20_000 });

  await goOn(page, 'Back to Maintenance mode');
  await wizard.press('Run curl');
  await wizard.tickAll('maintenance page');
  await wizard.press('Confirm this step');
  await page.getByLabel('What you saw').fill('posted in the channel');
  await wizard.press('Confirm this step');
  await wizard.tickAll('the migration is undone');
  await wizard.press('Confirm this step');
  await wizard.runChange('Switch maintenance mode off');
  await expect(wizard.outcomeOf('Switch maintenance mode off')).toContainText('verified by app', { timeout: 30_000 });
});

test('without a backup older than the migration a reason is required', async ({ app }) => {
  const page = await app.open();
  const wizard = await migrationsRead(page, 'no-backup');
  const backups = page.getByRole('region', { name: 'Backups' });
  await expect(backups).toContainText('No backup is known to be older');
  await expect(backups.getByRole('listitem').first()).toContainText('COMPLETED, 22 min after the migration');
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Why it is undone all the same').fill('The dump before it is at hand');
  await wizard.press(`Undo ${MIGRATION}`);
  await expect(wizard.outcomeOf('Choose the migration')).toContainText('done by app');
});

test('SQL that fails: failed with the reason of the server, another file and a restore offered', async ({ app }) => {
  const page = await app.open();
  await failedSql(page);
  // Version 3, found by asking the tool. Its target must be the project.
  expect(backupCall(app)).toMatchObject({
    toolVersion: '3.1.0',
    shown: 'supabase backups list --remote=hotdashproductiondbx -o json',
  });
  const main = page.getByRole('main');
  await expect(main).toContainText('in line 4 of the file');
  await expect(main).toContainText('Choose another SQL file');
  await expect(main).toContainText('Restore a backup in the Supabase dashboard');
});

test('a Target line that is not the project stops the step: nothing is offered for choice', async ({ app }) => {
  const page = await app.open();
  await migrationsRead(page, 'db-wrong-target');
  await expect(page.getByRole('main')).toContainText(
    'supabase speaks to "local stack (127.0.0.1:54322)", not to project hotdashproductiondbx.',
  );
  await expect(page.getByRole('radio', { name: /^20251013095800/ })).toHaveCount(0);
  expect(storedOf(app, 'migrations.read')).toEqual([]);
});
