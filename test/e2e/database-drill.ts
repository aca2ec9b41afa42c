/** The stages of a database rollback drill in the window. */
import type { Page } from '@playwright/test';
import { expect } from './app.ts';
import { type Wizard, wizardOf } from './wizard.ts';

/** The migration of the scenarios. */
export const MIGRATION = '20251013095800';
export const UNDO = `Undo migration ${MIGRATION} on hotdashproductiondbx`;

/** From the home screen: identifies the database, confirms it by typing, and reads the migrations. */
export async function migrationsRead(page: Page, scenario: string): Promise<Wizard> {
  const wizard = wizardOf(page);
  await wizard.startDrill(scenario, 60);
  await wizard.press('Identify the database');
  await page.getByLabel(/^Type the end of hotdashproductiondbx/).fill('iondbx');
  await wizard.press('This is the right database');
  await wizard.press('Read the migrations and the backups');
  return wizard;
}

/** From the home screen: declares lost data, stops the writes by maintenance mode, and goes on with the database. */
export async function writesStopped(page: Page, scenario: string): Promise<Wizard> {
  const wizard = wizardOf(page);
  await wizard.startDrill(scenario, 60, 1);
  await wizard.runChange('Switch maintenance mode on');
  await expect(wizard.outcomeOf('Switch maintenance mode on')).toContainText('verified by app', { timeout: 30_000 });
  await goOn(page, 'Go on with Database rollback');
  return wizard;
}

/** Changes to another procedure of the matrix row. */
export const goOn = (page: Page, name: string): Promise<void> =>
  page.getByRole('region', { name: 'Ways of this row' }).getByRole('button', { name }).click();

/** With a chosen migration: confirms that writes have stopped, then makes and proves the dump. */
export async function dumped(wizard: Wizard): Promise<void> {
  await wizard.tickAll('maintenance mode is on');
  await wizard.press('Confirm this step');
  await wizard.press('Dump 2 tables and prove the dump');
}

/** Records the manager's approval, which is needed in a P0 too. */
export async function approved(page: Page, wizard: Wizard): Promise<void> {
  await page.getByLabel('Who agreed').fill('Mo Adler');
  await wizard.press('Record the approval');
}

/** A drill up to its failed SQL. */
export async function failedSql(page: Page): Promise<Wizard> {
  const wizard = await migrationsRead(page, 'db-sql-error');
  await wizard.press(`Undo ${MIGRATION}`);
  await dumped(wizard);
  await approved(page, wizard);
  await wizard.runChange(UNDO);
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('failed', { timeout: 20_000 });
  return wizard;
}
