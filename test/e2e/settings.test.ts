import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeSecretTool } from '../fixtures/fake-secret-tool.ts';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

const SECRET = 'words-that-no-pattern-knows';

test('a secret goes into the keychain of the machine, is tried at once, and stands nowhere else', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'the stand-in for the keyring is a secret-tool');
  app.env['PATH'] = fakeSecretTool(app.folder);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press(',');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Change FLY_API_TOKEN' }).press('Enter');
  const form = page.getByRole('form', { name: 'Source of FLY_API_TOKEN' });
  await form.getByLabel('Source').selectOption('Keychain');
  await form.getByLabel('Value').fill(SECRET);
  await form.getByLabel('Value').press('Enter');
  const row = page.getByRole('list', { name: 'Secrets' }).getByRole('listitem').filter({ hasText: 'FLY_API_TOKEN' });
  await expect(row).toContainText('keychain (secret-tool)');
  await expect(row).toContainText('ready');
  expect(await page.content()).not.toContain(SECRET);

  // A missing file is reported next to its field, and the input stays to be corrected.
  await page.getByRole('button', { name: 'Change DATABASE_URL' }).click();
  const file = page.getByRole('form', { name: 'Source of DATABASE_URL' });
  await file.getByLabel('Source').selectOption('File');
  await file.getByLabel('Absolute path of the file').fill('relative/path');
  await file.getByRole('button', { name: 'Save' }).click();
  await expect(file.getByRole('alert')).toContainText('not an absolute path');
  await file.getByLabel('Absolute path of the file').fill(join(app.folder, 'none'));
  await file.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('list', { name: 'Secrets' })).toContainText(
    `There is no file ${join(app.folder, 'none')}`,
  );

  expect(app.command('settings', '--json')).not.toContain(SECRET);
  const kept = readdirSync(join(app.folder, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // A partly typed name is not kept.
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'latin1'));
  expect(kept.join('')).not.toContain(SECRET);
});

test('the name of the operator is set once, and is on what happens next', async ({ app }) => {
  delete app.env['ROLLBOOK_OPERATOR'];
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press(',');
  const field = page.getByRole('textbox', { name: 'Your name' });
  await field.fill('Ann Lee');
  await field.press('Enter');
  await expect(page.getByRole('button', { name: 'Save: Your name' })).toHaveText('Saved');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^Ann Lee/)).toBeVisible();
  await wizardOf(page).declareRow(3);
  await expect(page.getByRole('complementary')).toContainText('Ann Lee');
});

test('the theme is light, dark or that of the system, also after a reload', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press(',');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('radio', { name: 'Light' }).check();
  const light = await ground();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await page.reload();
  await page.getByRole('radio', { name: 'Dark' }).waitFor();
  expect(await ground()).toBe(dark);
});

test('the checkout is a folder that is there, and the switches hold in every window', async ({ app }) => {
  const checkout = join(app.folder, 'shop');
  mkdirSync(checkout);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press(',');
  const field = page.getByRole('textbox', { name: 'Absolute path of the checkout' });
  await field.fill(join(app.folder, 'nowhere'));
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('is not a folder of this machine');
  await field.fill(checkout);
  await field.press('Enter');
  await expect(page.getByRole('button', { name: 'Save: Absolute path of the checkout' })).toHaveText('Saved');
  await page.getByRole('checkbox', { name: /Single-letter keys/ }).uncheck();
  await expect(page.getByRole('checkbox', { name: /Single-letter keys/ })).not.toBeChecked();
  // The switch changes at once, and is stored a moment later.
  const kept = (): unknown => {
    const { runbooks, singleKeys } = JSON.parse(app.command('settings', '--json')) as {
      runbooks: { settings: { checkout: string } }[];
      singleKeys: boolean;
    };
    return [runbooks[0]?.settings.checkout, singleKeys];
  };
  await expect.poll(kept).toEqual([checkout, false]);
  // Letter keys are disabled now, also after a reload.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: 'Rollbook' })).toBeVisible();
});

const ASKS = `---
rollbook: 1
services:
  shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/health" }
---
# Shop rollback

## When

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P1 | The shop is slow | Restart it | <15 min |

## Authority

* **P1 (High)**: Manager approval required

## Option 1: Restart

1. **Restart it**
   \`\`\`bash effect=change
   true
   \`\`\`
`;

test('approvers are named once, and offered when an approval is recorded', async ({ app }) => {
  app.trust(ASKS);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press(',');
  const form = page.getByRole('form', { name: 'Add an approver' });
  await form.getByLabel('Name').fill('Ann Lee');
  await form.getByLabel('Role').fill('Release manager');
  await form.getByLabel('Role').press('Enter');
  await expect(page.getByRole('list', { name: 'Approvers' })).toContainText('Ann Lee');
  expect(app.command('settings')).toContain('Ann Lee (Release manager)');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Start Option 1: Restart');
  await page.getByRole('button', { name: 'Ann Lee, Release manager' }).click();
  await expect(page.getByLabel('Who agreed')).toHaveValue('Ann Lee');
  await expect(page.getByLabel('Role')).toHaveValue('Release manager');
});
