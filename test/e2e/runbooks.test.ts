import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';

test('a runbook is added, reviewed and trusted in the window; only then it can be declared with', async ({ app }) => {
  const path = app.writeFile('pier.md', liveRunbook('http://127.0.0.1:9/health'));
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  const field = page.getByLabel('Absolute path of a Markdown file');
  await field.fill(path);
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: 'Pier rollback', level: 1 }).first()).toBeVisible();
  await expect(page.getByText('to be reviewed')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Commands of Option 1: Application rollback' })).toContainText(
    'fly deploy -a "$SERVICE"',
  );
  await expect(page.getByRole('article', { name: 'Pier rollback' })).toContainText('the application is at fault');

  // It is not reviewed, so declaring uses the bundled one.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect(page.getByRole('radio', { name: /Complete outage/ })).toBeVisible();
  await expect(page.getByText('Pier rollback')).toHaveCount(0);

  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await page.getByRole('button', { name: 'Open Pier rollback' }).click();
  await page.getByRole('button', { name: 'I have reviewed it: trust' }).click();
  const trust = page.getByRole('button', { name: 'Trust it now' });
  await expect(trust).toHaveAttribute('aria-disabled', 'false');
  await trust.click();
  await expect(page.getByText('incidents can be declared with it')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect(page.getByRole('radio', { name: 'Pier rollback' })).toBeChecked();
  await expect(page.getByRole('radio', { name: /The service is down/ })).toBeVisible();
  // The other runbook can be chosen, with its own rows and services.
  await page.getByRole('radio', { name: /bundled/ }).check();
  await page.keyboard.press('3');
  await expect(page.getByRole('radio', { name: /Complete outage/ })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Procedure' })).toContainText('Try the critical paths');
});

test('another default is chosen, trust is withdrawn, and a runbook is taken off the list', async ({ app }) => {
  const path = app.writeFile('pier.md', liveRunbook('http://127.0.0.1:9/health'));
  app.command('trust', path);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  const list = page.getByRole('list', { name: 'Runbooks of this machine' });
  const row = (name: string) => list.getByRole('button', { name });
  await expect(row('Open Pier rollback')).toContainText('used to declare');
  await list.getByRole('button').filter({ hasText: 'comes with Rollbook' }).click();
  await page.getByRole('button', { name: 'Make it the default' }).click();
  await expect(page.getByText('Default: declaring starts with it.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list.getByRole('button').filter({ hasText: 'comes with Rollbook' })).toContainText('used to declare');

  await row('Open Pier rollback').click();
  await page.getByRole('button', { name: 'Withdraw trust' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw trust' }).click();
  await expect(page.getByRole('button', { name: 'I have reviewed it: trust' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove from the list' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await expect(list.getByRole('button')).toHaveCount(1);
  // Adding the file lists it again, to be reviewed.
  await page.getByLabel('Absolute path of a Markdown file').fill(path);
  await page.getByLabel('Absolute path of a Markdown file').press('Enter');
  await expect(page.getByRole('button', { name: 'I have reviewed it: trust' })).toBeVisible();
});

test('a file that is no runbook is refused in place: what, where and what to do; what was typed stays', async ({
  app,
}) => {
  const binary = join(app.folder, 'binary.md');
  writeFileSync(binary, Buffer.from([0, 1, 2, 255, 254, 0, 7, 0]));
  const large = app.writeFile('large.md', '# Runbook\n'.repeat(500_000));
  const broken = app.writeFile('broken.md', '---\nrollbook: 1\nservices: [\n---\n# Title\n');
  const missing = join(app.folder, 'missing.md');
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  const field = page.getByLabel('Absolute path of a Markdown file');
  for (const [path, told] of [
    [missing, 'there is no such file'],
    [binary, /not text|binary/i],
    [large, '4.8 MB; a runbook may have 1 MB'],
    [broken, /front matter/i],
    ['payments.md', 'is not an absolute path'],
  ] as const) {
    await field.fill(path);
    await field.press('Enter');
    const alert = page.getByRole('region', { name: 'Add a runbook' }).getByRole('alert');
    await expect(alert).toContainText(told);
    await expect(alert).toContainText(basename(path));
    await expect(field).toHaveValue(path);
  }
  await expect(page.getByRole('list', { name: 'Runbooks of this machine' }).getByRole('button')).toHaveCount(1);
});
