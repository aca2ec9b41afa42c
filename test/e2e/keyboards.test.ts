/** Input methods and keyboard layouts: a key of a composition is not Rollbook's, and each layout reaches every action. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';

/** Sends a key as a keyboard of another layout does; Playwright's own has a US layout. `modifiers`: 1 Alt, 2 Ctrl, 8 Shift. */
async function keyboardOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  return {
    session,
    press: async (key: string, code: string, modifiers = 0): Promise<void> => {
      const text = key.length === 1 && (modifiers & 3) === 0 ? { text: key } : {};
      const type = 'text' in text ? 'keyDown' : 'rawKeyDown';
      await session.send('Input.dispatchKeyEvent', { type, key, code, modifiers, ...text });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, modifiers });
    },
  };
}

test('the Enter that takes a conversion declares nothing', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  const { session } = await keyboardOf(page);
  await page.keyboard.press('d');
  const row = page.getByRole('group', { name: 'Decision matrix' }).getByRole('radio').first();
  await row.waitFor();
  await page.keyboard.press('1');
  await expect(row).toBeChecked();
  const title = page.getByLabel('Title', { exact: true });
  await title.fill('');
  await title.focus();
  await session.send('Input.imeSetComposition', { text: 'だうん', selectionStart: 3, selectionEnd: 3 });
  await expect(title).toHaveValue('だうん');
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  await session.send('Input.insertText', { text: 'ダウン' });
  await expect(title).toHaveValue('ダウン');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Declare/);
  expect(storedOf(app, 'incident.declared')).toEqual([]);
  // The next Enter is the person's own.
  await page.keyboard.press('Enter');
  await expect.poll(() => storedOf(app, 'incident.declared').map(({ title: given }) => given)).toEqual(['ダウン']);
});

test('letters, digits and brackets of other layouts', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  const { press } = await keyboardOf(page);
  const palette = page.getByRole('dialog');
  await press('л', 'KeyK', 2);
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await press('в', 'KeyD');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Declare/);
  const row = page.getByRole('group', { name: 'Decision matrix' }).getByRole('radio').first();
  await row.waitFor();
  await press('&', 'Digit1');
  await expect(row).toBeChecked();
});
