/** Runbooks that were not written for Rollbook or not for Fly, in the window. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

const fixture = (path: string): string => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');

async function trusted(page: Page, path: string): Promise<void> {
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  const field = page.getByLabel('Absolute path of a Markdown file');
  await field.fill(path);
  await field.press('Enter');
  await page.getByRole('button', { name: 'I have reviewed it: trust' }).click();
  const trust = page.getByRole('button', { name: 'Trust it now' });
  await expect(trust).toHaveAttribute('aria-disabled', 'false');
  await trust.click();
  await expect(page.getByText('incidents can be declared with it')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
}

test('a plain runbook is declared without a service, and ends with the symptom', async ({ app }) => {
  const path = app.writeFile('seed.md', fixture('runbooks/seed.md'));
  const page = await app.open();
  await trusted(page, path);
  await expect(page.getByLabel('Service (empty: none)')).toHaveValue('');
  await page.getByRole('radio', { name: /Complete service outage/ }).check();
  await page.getByRole('button', { name: 'Declare P0' }).click();
  await expect(page.getByRole('navigation', { name: 'Procedure' })).toContainText('Confirm that the symptom is gone');
  await expect(page.getByLabel('Target', { exact: true })).not.toContainText('Service');
});

test('a runbook of another platform shows its declared commands, and nothing of Fly', async ({ app }) => {
  const path = app.writeFile('kubernetes.md', fixture('platforms/kubernetes.md'));
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  const field = page.getByLabel('Absolute path of a Markdown file');
  await field.fill(path);
  await field.press('Enter');
  await expect(page.getByRole('list', { name: 'Commands of services' })).toContainText('kubectl rollout status');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await trusted(page, path);
  await expect(page.getByRole('radio', { name: 'shop', exact: true })).toBeChecked();
  await expect(page.getByText('Is it the provider?')).toHaveCount(0);
  await page.getByRole('radio', { name: /Complete outage/ }).check();
  await page.getByRole('button', { name: 'Declare P0 on shop' }).click();
  await expect(page.getByRole('button', { name: 'Read the releases of shop' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText(/\bfly\b/i);
});

test('without a decision matrix the severity and the words of a person declare it', async ({ app }) => {
  const path = app.writeFile(
    'pier.md',
    '# Pier\n\n## Restart the pier\n\n1. **Restart**\n   ```bash\n   pierctl restart\n   ```\n',
  );
  const page = await app.open();
  await trusted(page, path);
  await page.getByRole('radio', { name: /P1/ }).check();
  await expect(page.getByText('Say in the title what is wrong.')).toBeVisible();
  await page.getByLabel('Title').fill('The pier is stuck');
  await page.getByRole('button', { name: 'Declare P1' }).click();
  await expect(page.getByRole('heading', { name: /The pier is stuck/ })).toBeVisible();
  await expect(page.getByText('Restart the pier').first()).toBeVisible();
});

test('the output of a read goes along to the next step, and a value in it is picked', async ({ app }) => {
  const choices = '{ of: list, read: { table: { release: NAME } } }';
  const variables = `variables:\n  BACKUP: { from: prompt, ask: Which backup, choices: ${choices} }`;
  const list =
    '1. **List**\n   ```bash effect=read id=list\n   printf "NAME   SIZE\\nnight-1  1\\nnight-2  2\\n"\n   ```';
  const act = '2. **Restore**\n   ```bash effect=change undo="echo forget $BACKUP"\n   echo restored "$BACKUP"\n   ```';
  const matrix = '| Severity | Condition | Action | Timeframe |\n|-|-|-|-|\n| P0 | Outage | Restore | <5 min |';
  const path = app.writeFile(
    'pier.md',
    `---\nrollbook: 1\n${variables}\n---\n# Pier\n\n${matrix}\n\n## Option 1: Restore after the outage\n\n**Use when**: it burnt\n\n${list}\n${act}\n`,
  );
  const page = await app.open();
  await trusted(page, path);
  await page.getByRole('radio', { name: /Outage/ }).check();
  await page.getByRole('button', { name: 'Declare P0' }).click();
  await page.getByRole('button', { name: /^Run printf/ }).click();
  await expect(page.getByText('Read by “List”')).toBeVisible();
  await expect(page.locator('main')).toContainText('night-1  1');
  await page
    .getByRole('group', { name: 'Printed before: Which backup' })
    .getByRole('button', { name: 'night-2' })
    .click();
  const field = page.getByLabel('Which backup', { exact: true });
  await expect(field).toHaveValue('night-2');
  // Any value in the output itself, by a click.
  await page.getByRole('log', { name: 'Output' }).getByRole('button', { name: 'night-1' }).click();
  await expect(field).toHaveValue('night-1');
  await page.getByRole('log', { name: 'Output' }).getByRole('button', { name: 'night-2' }).click();
  await expect(field).toHaveValue('night-2');
  await page.getByRole('button', { name: 'Use this value' }).click();
  const card = page.getByRole('region', { name: 'Before you run it' });
  await expect(card).toContainText('echo restored night-2');
  await expect(card).toContainText('echo forget night-2');
  await expect(card).toContainText('nothing proves this');
});
