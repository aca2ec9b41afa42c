/** Pictures of what is read and practised: the search over all of it, an objection, real tools, a store that is broken. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { LoopbackApp } from './hosts/loopback.ts';
import { type Album } from './picture.ts';
import { home, type Stage } from './stage.ts';

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

/** In a data folder of its own: its store is no store. */
export async function brokenStore(browser: Browser, pictures: Album): Promise<void> {
  const app = new LoopbackApp(async () => browser, []);
  const folder = app.env['ROLLBOOK_HOME'] ?? '';
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'rollbook.db'), 'This is no database at all.\n'.repeat(500), { mode: 0o600 });
  try {
    const page = await app.open();
    await page.getByRole('article').waitFor();
    await pictures.picture(page, 'reference-only');
    await page.keyboard.press('b');
    await page.getByRole('heading', { name: 'Runbooks' }).waitFor();
    await pictures.picture(page, 'reference-only-runbooks');
  } finally {
    await app.end();
  }
}
