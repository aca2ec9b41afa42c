/** The disk fills up while a window is open: incidents can be declared outside of the store, and notes are kept. */
import type { Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';
import { SERVER_GONE } from './trouble.ts';

const bar = (page: Page) => page.getByRole('alert', { name: 'The store cannot be used' });

async function declare(page: Page, title: string): Promise<void> {
  await page.keyboard.press('d');
  await page.getByRole('group', { name: 'Decision matrix' }).waitFor();
  await page.keyboard.press('3');
  await page.getByRole('combobox', { name: /Symptom probe/ }).fill('');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Title').press('Enter');
  await expect(page.getByLabel('Note')).toBeVisible();
}

async function note(page: Page, text: string): Promise<void> {
  await page.getByLabel('Note').fill(text);
  await page.getByLabel('Note').press('Enter');
  await expect(page.getByText(text)).toBeVisible();
}

async function onFullDisk(app: App, page: Page): Promise<void> {
  await declare(page, 'Declared on a full disk');
  await expect(bar(page)).toContainText('only commands that read are run');
  await note(page, 'Called Bo, on the phone');
  await page.evaluate(() => (location.hash = '#/'));
  await expect(bar(page)).toContainText('is full');
  // A stored incident can be opened and continued.
  await page
    .getByRole('button', { name: /Declared before/ })
    .first()
    .click();
  await expect(bar(page)).toHaveCount(0);
  await note(page, 'Called Cy as well');
  const said = page.getByRole('alert').filter({ hasText: 'The timeline cannot be written' });
  await expect(said).toContainText('note: Called Cy as well');
  await app.kill('SIGKILL');
}

test('incidents and notes of a full disk are in the store once there is room, also after a kill', async ({
  app,
  disk,
  expectedTrouble,
}) => {
  expectedTrouble.push(SERVER_GONE);
  const page = await app.open();
  await page.getByRole('button', { name: 'Declare an incident' }).waitFor();
  await declare(page, 'Declared before');
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByRole('button', { name: 'Declare an incident' }).waitFor();
  disk.fill();
  await onFullDisk(app, page);
  disk.makeRoom();
  const next = await app.open();
  await next
    .getByRole('button', { name: /Declared on a full disk/ })
    .first()
    .click();
  await expect(next.getByText('Called Bo, on the phone')).toBeVisible();
  await expect(next.getByText('because its store could not be used')).toBeVisible();
  await expect(bar(next)).toHaveCount(0);
  await next.evaluate(() => (location.hash = '#/'));
  await next
    .getByRole('button', { name: /Declared before/ })
    .first()
    .click();
  await expect(next.getByText('Called Cy as well')).toBeVisible();
  await app.kill('SIGTERM');
});
