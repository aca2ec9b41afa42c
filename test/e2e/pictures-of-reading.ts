/**
 * Pictures of an adoption, the search, an objection, a drill with real tools, an unattended drill, a program that is not approved,
 * and a broken store. Parts of screenshots.ts.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from '@playwright/test';
import { LoopbackApp } from './hosts/loopback.ts';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { noPrintingProgram, printingProgram, shopctlHelp } from '../fixtures/printing-program.ts';
import { type Album } from './picture.ts';
import { home, type Stage } from './stage.ts';

const OWN_HEALTH = 'http://127.0.0.1:9/health';

/** The gaps of a runbook that nobody wrote for Rollbook. */
export async function adoption({ app, page, take }: Stage): Promise<void> {
  const seed = readFileSync(new URL('../fixtures/runbooks/seed.md', import.meta.url), 'utf8');
  await page.keyboard.press('b');
  await page.getByLabel('Absolute path').fill(app.writeFile('plain.md', seed));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Fill the gaps' }).click();
  await page.getByRole('form', { name: 'Questions' }).waitFor();
  await take('adoption');
  await page.getByLabel('Words that only the maintenance page shows').scrollIntoViewIfNeeded();
  await take('adoption-further');
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await page.getByRole('heading', { name: 'What changes in the file' }).waitFor();
  await take('adoption-changes');
  await page.getByRole('button', { name: 'Save and review' }).scrollIntoViewIfNeeded();
  await take('adoption-save');
  await home(page);
}

export async function searchAndPractice({ app, page, wizard, take }: Stage): Promise<void> {
  app.command('drill', '--scenario', 'login-expired', '--auto', '--speed', '600', '--expect');
  await page.reload();
  await home(page);
  await page.keyboard.press('f');
  await page.getByRole('article').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('login');
  await page.getByRole('list', { name: 'Past incidents' }).scrollIntoViewIfNeeded();
  await take('reference-past-incidents');
  await home(page);
  await page.keyboard.press('r');
  await page.getByText('With real tools, on a test app').click();
  await page.getByLabel('Procedure', { exact: true }).selectOption('disaster-recovery');
  await page.getByRole('button', { name: 'Declare with real tools' }).scrollIntoViewIfNeeded();
  await take('drill-real-tools');
  await home(page);
  await wizard.startDrill('app-rollback', 1);
  await wizard.offers('Read the releases');
  await page.keyboard.press('o');
  await page.getByLabel('Who objects').fill('Kim');
  await take('wizard-objection');
  await page.keyboard.press('Escape');
  await home(page);
}

/** Nobody works on it any more: the home screen says so, and ends it. */
export async function unattended({ app, page, take }: Stage): Promise<void> {
  app.leaveDrill('app-rollback');
  await page.reload();
  await home(page);
  await page.getByText('unattended', { exact: true }).first().waitFor();
  await take('home-unattended');
  await page
    .getByRole('button', { name: /^End app-rollback/ })
    .first()
    .click();
  await page.getByLabel('Why').fill('The laptop died');
  await take('home-end-it');
  await page.keyboard.press('Enter');
  await page.getByLabel('Why').waitFor({ state: 'detached' });
}

/** An unknown program is run with --help only after a person approved that. */
export async function otherProgram({ app, page, take }: Stage): Promise<void> {
  if (noPrintingProgram !== null) {
    process.stderr.write(`No picture of another program: ${noPrintingProgram}\n`);
    return;
  }
  const bin = app.env['PATH']?.split(delimiter)[0] ?? '';
  mkdirSync(bin, { recursive: true });
  printingProgram(join(bin, 'shopctl'), shopctlHelp('status'));
  mkdirSync(join(app.folder, 'book'));
  const own = liveRunbook(OWN_HEALTH).replace('fly status -a "$SERVICE" --json', 'shopctl rollback v9');
  await page.keyboard.press('b');
  await page.getByLabel('Absolute path').fill(app.writeFile(join('book', 'shop.md'), own));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Findings: / }).click();
  await page.getByText('Nothing is known of shopctl').waitFor();
  await page.getByRole('button', { name: /^Ask shopctl/ }).click();
  await page.getByRole('region', { name: 'Ask shopctl for its help' }).waitFor();
  await take('findings-other-program');
  await page.keyboard.press('Escape');
  await home(page);
}

/** With its own data folder, in which the store is not a database. */
export async function brokenStore(browser: Browser, pictures: Album): Promise<void> {
  const app = new LoopbackApp(async () => browser, []);
  const folder = app.env['ROLLBOOK_HOME'] ?? '';
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'rollbook.db'), 'This is no database at all.\n'.repeat(500), { mode: 0o600 });
  try {
    const page = await app.open();
    await page.getByRole('article').waitFor();
    await pictures.picture(page, 'emergency');
    await page.keyboard.press('b');
    await page.getByRole('heading', { name: 'Runbooks' }).waitFor();
    await pictures.picture(page, 'emergency-runbooks');
    await page.getByLabel('Absolute path').fill(app.writeFile('own.md', liveRunbook(OWN_HEALTH)));
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Pier rollback' }).waitFor();
    await pictures.picture(page, 'emergency-own');
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Declare an incident' }).waitFor();
    await pictures.picture(page, 'emergency-declare');
  } finally {
    await app.end();
  }
}
