/** A database rollback drill, stage by stage, as a person takes it in the window. */
import type { Page } from '@playwright/test';
import { expect } from './app.ts';
import { type Wizard, wizardOf } from './wizard.ts';

/** As the scenarios have it. */
export const MIGRATION = '20251013095800';
export const UNDO = `Undo migration ${MIGRATION} on hotdashproductiondbx`;

/** From the home screen on: the database is identified and confirmed by typing, and a migration can be chosen. */
export async function migrationsRead(page: Page, scenario: string): Promise<Wizard> {
  const wizard = wizardOf(page);
  await wizard.startDrill(scenario, 60);
  await wizard.press('Identify the database');
  await page.getByLabel(/^Type the end of hotdashproductiondbx/).fill('iondbx');
  await wizard.press('This is the right database');
  await wizard.press('Read the migrations and the backups');
  return wizard;
}

/** With a chosen migration: writes stopped and the dump offered, made and proven. */
export async function dumped(wizard: Wizard): Promise<void> {
  await wizard.tickAll('maintenance mode is on');
  await wizard.press('Confirm this step');
  await wizard.press('Dump 2 tables and prove the dump');
}

/** The manager decides, also in a P0. */
export async function approved(page: Page, wizard: Wizard): Promise<void> {
  await page.getByLabel('Who agreed').fill('Mo Adler');
  await wizard.press('Record the approval');
}

/** A drill up to the SQL that fails. */
export async function failedSql(page: Page): Promise<Wizard> {
  const wizard = await migrationsRead(page, 'db-sql-error');
  await wizard.press(`Undo ${MIGRATION}`);
  await dumped(wizard);
  await approved(page, wizard);
  await wizard.runChange(UNDO);
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('failed', { timeout: 20_000 });
  return wizard;
}
