/** With a store that cannot be opened, the window says why, shows the runbooks, and takes an incident. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';
import { CLI } from './hosts/app-folder.ts';
import { SERVER_GONE } from './trouble.ts';

const storeOf = (app: App): string => join(app.env['ROLLBOOK_HOME'] ?? '', 'rollbook.db');
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

function breakStore(app: App): void {
  mkdirSync(app.env['ROLLBOOK_HOME'] ?? '', { recursive: true, mode: 0o700 });
  writeFileSync(storeOf(app), 'This is no database at all.\n'.repeat(500), { mode: 0o600 });
}

/** A store of a newer Rollbook: it has one more migration, and a drill that must not be lost. */
function raiseSchema(app: App): void {
  app.command('drill', '--scenario', 'login-expired', '--auto', '--speed', '600', '--expect');
  const db = new Database(storeOf(app));
  db.pragma(`user_version = ${(db.pragma('user_version', { simple: true }) as number) + 1}`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** Reads, searches and opens the runbooks. Nothing that needs the store is offered. */
async function readsOnly(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Reference' })).toBeVisible();
  await expect(
    page.getByRole('article').getByRole('heading', { name: 'Option 1: Application rollback' }),
  ).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('skip-release-command');
  await expect(page.getByRole('region', { name: 'Search results' }).getByRole('button').first()).toBeVisible();
  // The history cannot be read, so none is shown.
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/^\d+ places? in the runbook$/);
  await page.keyboard.press('Escape');
  // Neither keys nor addresses open screens that need the store.
  await page.keyboard.press('r');
  await page.keyboard.press('q');
  await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText('Reference');
  await page.evaluate(() => (location.hash = '#/settings'));
  await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText('Reference');
  await page.keyboard.press('c');
  await expect(page.getByRole('complementary', { name: 'Contacts' })).toContainText('#hotdash-emergency');
  await page.keyboard.press('c');
  await page.keyboard.press('b');
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: 'Read and search it in the reference' })).toBeVisible();
}

/** Opens a team's own runbook by its path, reads and searches it, and goes back to the bundled one by key. */
async function readsItsOwn(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Runbooks' }).click();
  await page.getByLabel('Absolute path of a Markdown file').fill(path);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText('Reference');
  await expect(page.getByRole('article', { name: 'Pier rollback' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Pier rollback' })).toBeChecked();
  await page.keyboard.press('/');
  await page.keyboard.type('gangway');
  await page.getByRole('region', { name: 'Search results' }).getByRole('button').first().click();
  await expect(page.getByRole('heading', { name: 'Lower the gangway' })).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await expect(page.getByRole('complementary', { name: 'Contacts' })).toContainText('harbour@example.com');
  await page.keyboard.press('c');
  await page.getByText('HotDash rollback procedures').first().click();
  await expect(page.getByRole('article', { name: 'HotDash rollback procedures' })).toBeVisible();
}

const PIER = `# Pier rollback

## Emergency contacts

**On call**: harbour@example.com

## Option 1: Application rollback

**Use when**: the pier is down

1. **Look**
   \`\`\`bash
   fly status -a pier
   \`\`\`

## Lower the gangway

By hand, with two people.
`;

test('a broken file: the reference is shown, with what is wrong on top, and the file is not touched', async ({
  app,
  expectedTrouble,
}) => {
  // Rollbook ends before the file is compared, so that no process has it open.
  expectedTrouble.push(SERVER_GONE);
  breakStore(app);
  const before = sha256(storeOf(app));
  const page = await app.open();
  const why = page.getByRole('alert', { name: 'The store cannot be used' });
  await expect(why).toContainText('its incidents, drills and settings are out of reach');
  await expect(why).toContainText(storeOf(app));
  await readsOnly(page);
  await expect(page.getByRole('alert')).toHaveCount(1);
  await readsItsOwn(page, app.writeFile('pier.md', PIER));
  await app.kill('SIGTERM');
  expect(sha256(storeOf(app))).toBe(before);
  expect(readdirSync(app.env['ROLLBOOK_HOME'] ?? '').filter((name) => name.startsWith('rollbook.db'))).toEqual([
    'rollbook.db',
  ]);
});

test('an incident declared without the store is in it once it opens again, also after a kill', async ({
  app,
  expectedTrouble,
}) => {
  expectedTrouble.push(SERVER_GONE);
  breakStore(app);
  const page = await app.open();
  await page.getByRole('article').waitFor();
  await page.keyboard.press('d');
  await page.keyboard.press('3');
  await page.getByRole('combobox', { name: /Symptom probe/ }).fill('');
  await page.getByLabel('Title').fill('Declared without a store');
  await page.getByLabel('Title').press('Enter');
  await expect(page.getByRole('alert', { name: 'The store cannot be used' })).toContainText(
    'only commands that read are run',
  );
  await page.getByLabel('Note').fill('Called Bo, on the phone');
  await page.getByLabel('Note').press('Enter');
  await expect(page.getByText('Called Bo, on the phone')).toBeVisible();
  await app.kill('SIGKILL');
  renameSync(storeOf(app), `${storeOf(app)}.aside`);
  const next = await app.open();
  await next
    .getByRole('button', { name: /Declared without a store/ })
    .first()
    .click();
  await expect(next.getByText('Called Bo, on the phone')).toBeVisible();
  await expect(next.getByText('because its store could not be used')).toBeVisible();
  await expect(next.getByRole('alert', { name: 'The store cannot be used' })).toHaveCount(0);
});

test('a store of a newer version: the reference is shown, with what to do, and the file is not touched', async ({
  app,
  expectedTrouble,
}) => {
  // Rollbook ends before the file is compared, so that no process has it open.
  expectedTrouble.push(SERVER_GONE);
  raiseSchema(app);
  const before = sha256(storeOf(app));
  const page = await app.open();
  const why = page.getByRole('alert', { name: 'The store cannot be used' });
  await expect(why).toContainText('upgraded by a newer Rollbook');
  await expect(why).toContainText('Use the newer Rollbook');
  await readsOnly(page);
  await app.kill('SIGTERM');
  expect(sha256(storeOf(app))).toBe(before);
});

test('the command line still refuses, with exit code 4', async ({ app }) => {
  breakStore(app);
  const ended = (() => {
    try {
      execFileSync(process.execPath, [CLI, 'incidents'], { env: app.env, encoding: 'utf8', stdio: 'pipe' });
      return null;
    } catch (thrown) {
      return thrown as { readonly status: number; readonly stderr: string };
    }
  })();
  expect(ended?.status).toBe(4);
  expect(ended?.stderr).toContain(storeOf(app));
  expect(existsSync(`${storeOf(app)}-wal`)).toBe(false);
});
