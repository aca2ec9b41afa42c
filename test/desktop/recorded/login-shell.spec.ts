/** A login shell that cannot be asked: said on home and on readiness, and asked again from there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../shell-test.ts';

test.skip(process.platform === 'win32', 'Windows has no login shell');

test('a login shell that says nothing is shown, until it is asked again and answers', async ({ folder, start }) => {
  const file = join(folder, 'shell');
  writeFileSync(file, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const shell = await start({ env: { SHELL: file } });
  const page = await shell.window();
  const alert = page.getByRole('alert').filter({ hasText: 'did not print its variables' });
  await expect(alert).toContainText('tools may not be found');

  await page.keyboard.press('a');
  const row = page.getByText('Variables of the login shell').locator('..');
  await expect(row).toBeVisible();
  await expect(page.getByText(`${file} -ilc did not print its variables`).first()).toBeVisible();
  await page.keyboard.press('Escape');

  writeFileSync(file, '#!/bin/sh\nexec /bin/sh -c "$2"\n');
  await alert.getByRole('button', { name: 'Ask it again' }).click();
  await expect(alert).toHaveCount(0);
  await page.keyboard.press(',');
  await expect(page.getByText(`Commands get the variables of your login shell (${file}).`)).toBeVisible();
});
