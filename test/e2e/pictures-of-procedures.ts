/** Pictures of other procedures than the application rollback, for screenshots.ts. */
import { approved, dumped, MIGRATION, migrationsRead, UNDO } from './database-drill.ts';
import { home, type Stage } from './stage.ts';

/** Undoing a migration: the choice of database and migration, what is lost, SQL that fails, and the restore. */
export async function database({ page, wizard, take }: Stage): Promise<void> {
  await wizard.startDrill('no-backup', 60);
  await wizard.press('Identify the database');
  await page.getByLabel(/^Type the end of/).fill('iondbx');
  await wizard.offers('This is the right database');
  await take('wizard-database');
  await wizard.press('This is the right database');
  await wizard.press('Read the migrations and the backups');
  await page.getByLabel('Why it is undone all the same').waitFor();
  await take('wizard-no-backup');
  await home(page);

  await migrationsRead(page, 'db-sql-error');
  await wizard.offers(`Undo ${MIGRATION}`);
  await take('wizard-migration');
  await wizard.press(`Undo ${MIGRATION}`);
  await dumped(wizard);
  await approved(page, wizard);
  await wizard.offers(UNDO);
  await take('wizard-sql-card');
  await wizard.runChange(UNDO);
  await page.getByRole('region', { name: 'Ways on' }).waitFor({ timeout: 40_000 });
  await take('wizard-sql-failed');
  await page.getByRole('button', { name: /Restore the database to a moment/ }).click();
  await wizard.press('Read which moments can be restored');
  await page.getByLabel('Back to which moment (UTC)').fill('2025-10-13 09:50:00');
  await page.getByLabel('Who agreed').fill('Mo Adler');
  await page.getByLabel('Their words').fill('Restore it');
  await wizard.press('Go back to this moment');
  await wizard.offers('Restore hotdashproductiondbx');
  await take('wizard-restore');
  await home(page);
}

/** Several services, one of them failed; maintenance mode that is on. */
export async function services({ page, wizard, take }: Stage): Promise<void> {
  await wizard.startDrill('full-system-one-fails', 60);
  await wizard.press('Read the releases of 3 services');
  await wizard.offers('Go back with 3 of 3 services');
  await take('wizard-services');
  await wizard.press('Go back with 3 of 3 services');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await wizard.runChange('Deploy v4 to hotdash-llamaindex-mcp');
  await wizard.offers('Deploy v4 to hotdash-app');
  await take('wizard-service-failed');
  await home(page);

  await wizard.startDrill('maintenance-mode', 60);
  await wizard.runChange('Switch maintenance mode on');
  await wizard.offers('Run curl');
  await take('wizard-maintenance-on');
  await page.keyboard.press('x');
  await take('wizard-maintenance-another-way');
  await page.keyboard.press('Escape');
  await home(page);
}

/** Stopping all machines: before, after, and with one that keeps running. */
export async function machines({ page, wizard, take }: Stage): Promise<void> {
  const stop = 'Stop all machines of hotdash-agent-service';
  await wizard.startDrill('exploit-stop-machines', 60, 2);
  await wizard.offers(stop);
  await take('wizard-stop-machines');
  await wizard.runChange(stop);
  await wizard.offers('Run fly machine list');
  await take('wizard-machines-stopped');
  await home(page);
  await wizard.startDrill('machine-keeps-running', 60, 2);
  await wizard.runChange(stop);
  await page.getByRole('region', { name: 'Ways on' }).waitFor({ timeout: 40_000 });
  await take('wizard-machine-keeps-running');
  await home(page);
}

/** An expired login, and an incident that is handed over to another machine. */
export async function stops({ page, wizard, take }: Stage): Promise<void> {
  await wizard.startDrill('login-expired', 60);
  await wizard.press('Read the releases');
  await wizard.offers('Log in to fly again');
  await take('wizard-login');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Hand over');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Hand over to another machine' }).waitFor();
  await take('wizard-hand-over');
  await page.keyboard.press('Escape');
  await home(page);
  await page.getByRole('button', { name: /^Take over an incident/ }).click();
  await take('home-take-over');
  await page.keyboard.press('Escape');
  await home(page);
}

/** After some drills: the chart, the schedule, and when each procedure was last proven. */
export async function practice({ page, take }: Stage): Promise<void> {
  await page.keyboard.press('r');
  await page.getByRole('radio').first().waitFor();
  await page.getByRole('heading', { name: 'Schedule' }).scrollIntoViewIfNeeded();
  await take('drill-held');
  await page.getByText('With real tools, on a test app').click();
  await take('drill-real-tools');
  await home(page);
}
