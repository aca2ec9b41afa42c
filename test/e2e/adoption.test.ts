/** The gaps of a runbook are filled in the window: questions, a diff, a saved file that declares. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

const SEED = readFileSync(new URL('../fixtures/runbooks/seed.md', import.meta.url), 'utf8');

async function openGaps(page: Page, path: string): Promise<void> {
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  await page.getByLabel('Absolute path of a Markdown file').fill(path);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Fill the gaps' }).click();
  await expect(page.getByRole('heading', { name: 'Fill the gaps' })).toBeVisible();
}

test('the gaps of a plain runbook are filled, shown as a diff and saved to a new file, which then declares', async ({
  app,
}) => {
  const path = app.writeFile('seed.md', SEED);
  const page = await app.open();
  await openGaps(page, path);
  await expect(page.getByText('14 gaps.')).toBeVisible();

  const service = page.getByRole('group', { name: /^The service hotdash-app, an app on Fly line 219/ });
  const health = service.getByLabel('Its health address, which declares it');
  await expect(health).toHaveValue('https://app.hotdash.com/health');
  await expect(service).toContainText('fly releases rollback v20 -a hotdash-app');
  const migration = page.getByRole('group', { name: /^The value MIGRATION_NAME/ });
  await expect(migration.getByLabel('The question to ask for it')).toHaveValue('Migration name?');
  // Where it comes from decides what else is asked.
  await migration.getByLabel('Where does it come from').selectOption('taken from the environment');
  await expect(migration.getByLabel('The question to ask for it')).toHaveCount(0);
  await page.getByLabel('Words that only the maintenance page shows').fill('Back soon');
  const tests = page.getByRole('group', { name: /line 231/ });
  await tests.getByLabel('Does it only read, or change something').selectOption('change something');

  // A wrong answer is told at its field.
  await health.fill('app.hotdash.com');
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(service.getByRole('alert')).toContainText('is not an address that starts with https:// or http://');
  await health.fill('https://app.hotdash.com/health');
  await page.getByRole('button', { name: 'Show what changes' }).click();
  const changes = page.getByRole('region', { name: 'What changes in the file' });
  await expect(changes.getByRole('table').first()).toContainText('health: https://app.hotdash.com/health');
  await expect(changes).toContainText('```bash effect=change');
  await expect(changes.getByRole('status')).toHaveText(/^14 gaps, then \d\.$/);

  // Another file is never written over.
  const saveTo = changes.getByLabel('Save it to (the file itself, or the absolute path of a new one)');
  await expect(saveTo).toHaveValue(path);
  const other = app.writeFile('other.md', 'mine');
  await saveTo.fill(other);
  await changes.getByRole('button', { name: 'Save and review' }).click();
  await expect(changes.getByRole('alert')).toContainText('it is not written over');
  expect(readFileSync(other, 'utf8')).toBe('mine');

  const adopted = join(dirname(path), 'adopted.md');
  await saveTo.fill(adopted);
  await changes.getByRole('button', { name: 'Save and review' }).click();
  await expect(page.getByText(adopted)).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe(SEED);
  const text = readFileSync(adopted, 'utf8');
  expect(text.slice(text.indexOf('# Roll')).replaceAll(/ effect=\w+$/gm, '')).toBe(SEED);
  expect(text).toContain('MIGRATION_NAME: { from: environment, secret: false }');

  await page.getByRole('button', { name: 'I have reviewed it: trust' }).click();
  const trust = page.getByRole('button', { name: 'Trust it now' });
  await expect(trust).toHaveAttribute('aria-disabled', 'false');
  await trust.click();
  await expect(page.getByText('incidents can be declared with it')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.getByRole('radio', { name: /Complete service outage/ }).check();
  await page.getByRole('button', { name: 'Declare P0 on hotdash-agent-service' }).click();
  await expect(page.getByRole('navigation', { name: 'Procedure' })).toContainText('Rollback to Previous Version');
});

test('saved over itself it is reviewed by its changes; Esc leaves without a change', async ({ app }) => {
  const plain = '# Pier\n\n## Restart the pier\n\n1. **Restart**\n   ```bash\n   pierctl bounce\n   ```\n';
  const path = app.writeFile('pier.md', plain);
  app.command('trust', path);
  const page = await app.open();
  await openGaps(page, path);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Fill the gaps' })).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe(plain);
  expect(existsSync(`${path}.part`)).toBe(false);

  await page.keyboard.press('z');
  await page.getByLabel('Does it only read, or change something').selectOption('change something');
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await page.getByRole('button', { name: 'Save and review' }).click();
  await expect(page.getByRole('heading', { name: '1 place changed since it was reviewed' })).toBeVisible();
  await expect(page.getByRole('table', { name: /Change at line/ })).toContainText('```bash effect=change');
  expect(readFileSync(path, 'utf8')).toBe(plain.replace('```bash', '```bash effect=change'));
});

test('what is trusted in a terminal is there when the window is looked at again', async ({ app }) => {
  const path = app.writeFile(
    'pier.md',
    '# Pier\n\n## Restart the pier\n\n1. **Restart**\n   ```bash\n   pierctl bounce\n   ```\n',
  );
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  const list = page.getByRole('list', { name: 'Runbooks of this machine' });
  await expect(list.getByRole('button')).toHaveCount(1);
  app.command('trust', path);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(list.getByRole('button', { name: 'Open Pier' })).toContainText('trusted');
});
