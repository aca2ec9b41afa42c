/** Purging an incident in the window, which also reports a damaged one. Other incidents stay. */
import Database from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';

const PLANTED = 'plantedzebra42';

test('an incident that is over is purged by typing the end of its id, and stays listed as purged', async ({ app }) => {
  const folder = String(app.env['ROLLBOOK_HOME']);
  app.leaveDrill('app-rollback');
  const page = await app.open();
  await page.getByRole('button', { name: /^End app-rollback/ }).click();
  await page.getByLabel('Why').fill(PLANTED);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Report of app-rollback/ }).click();
  await page.getByRole('button', { name: 'Purge…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Purge "/ });
  await expect(dialog).toContainText('There is no way back');
  const field = dialog.getByLabel(/^Type [0-9A-Z]{6}, the end of its id$/);
  const word = /Type ([0-9A-Z]{6})/.exec(await dialog.innerText())?.[1] ?? '';
  const purge = dialog.getByRole('button', { name: 'Purge it' });
  await expect(purge).toBeDisabled();
  await field.fill('WRONG1');
  await expect(purge).toBeDisabled();
  await field.fill(word.toLowerCase());
  await dialog.getByLabel(/^Why/).fill('asked for');
  await purge.click();
  const done = page.getByRole('dialog', { name: 'Purged' });
  await expect(done).toContainText('the chain is whole');
  const left = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(PLANTED));
  expect(left.map(({ name }) => name)).toEqual([]);
  await done.getByRole('button', { name: 'Home' }).click();
  const row = page.getByRole('row', { name: /app-rollback: Purged/ });
  await expect(row).toBeVisible();
  await expect(row.getByRole('button')).toHaveCount(0);
  expect(app.command('incidents')).toContain('purged');
});

test('a damaged row of one incident is told on the home screen, which lists them all', async ({ app }) => {
  app.leaveDrill('app-rollback');
  app.leaveDrill('login-expired');
  const db = new Database(join(String(app.env['ROLLBOOK_HOME']), 'rollbook.db'));
  db.prepare(`UPDATE incidents SET summary = '{"outcome"' WHERE summary LIKE '%login-expired%'`).run();
  db.close();
  const page = await app.open();
  await expect(page.getByRole('alert').filter({ hasText: 'is damaged (its summary) in the store' })).toBeVisible();
  for (const title of [/^Resume app-rollback/, /^Resume login-expired/])
    await expect(page.getByRole('button', { name: title })).toBeVisible();
});

test('an incident with a damaged event is shown but for that event, takes a note, and can be ended', async ({
  app,
}) => {
  app.leaveDrill('app-rollback');
  const db = new Database(join(String(app.env['ROLLBOOK_HOME']), 'rollbook.db'));
  db.exec('DROP TRIGGER payloads_are_only_purged');
  db.prepare(`UPDATE events SET payload = '{"procedureId"' WHERE kind = 'procedure.chosen'`).run();
  db.close();
  const page = await app.open();
  await page.getByRole('button', { name: /^Resume app-rollback/ }).click();
  const why = page.getByRole('alert').filter({ hasText: 'You can read along, not act' });
  await expect(why).toContainText('event 2 (procedure.chosen) is damaged (its payload is not a JSON object)');
  await page.getByLabel('Note').fill('seen all the same');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Timeline entries')).toContainText('seen all the same');
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await page.getByRole('button', { name: /^End app-rollback/ }).click();
  await page.getByLabel('Why').fill('its store is damaged');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Report of app-rollback/ })).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'event 2 (procedure.chosen) is damaged' })).toBeVisible();
});
