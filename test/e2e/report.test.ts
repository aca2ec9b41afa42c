import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test("the report's questions are answered in the window: saved when left, in the preview and in the file", async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('p');
  const preview = page.getByRole('article', { name: 'Report preview' });
  const impact = page.getByLabel('Impact', { exact: true });
  await impact.fill('410 riders could not book');
  await impact.blur();
  await expect(preview).toContainText('410 riders could not book');
  await expect(page.getByText('1 of 22 answered')).toBeVisible();

  // The field loses focus by the click on Export, and its text is in the file.
  const trigger = page.getByLabel('Trigger');
  await trigger.fill('Release v10 raised the pool size');
  await page.getByRole('button', { name: 'Export the report' }).click();
  const written = page.getByRole('status').filter({ hasText: 'Written to' });
  const path = /(\/\S+\.md)/.exec(await written.innerText())?.[1] ?? '';
  const report = readFileSync(path, 'utf8');
  expect(report).toContain('410 riders could not book');
  expect(report).toContain('Release v10 raised the pool size');

  await page.getByRole('button', { name: 'Save as HTML' }).click();
  await expect(written).toContainText('.html');
  const html = readFileSync(/(\/\S+\.html)/.exec(await written.innerText())?.[1] ?? '', 'utf8');
  expect(html).toContain('410 riders could not book');
  expect(html).toMatch(/<svg [^>]*role="img"/);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = (type: string) =>
    page.evaluate(async (wanted) => {
      const [item] = await navigator.clipboard.read();
      return (await item?.getType(wanted))?.text();
    }, type);
  const copy = page.getByRole('button', { name: 'Copy for Slack' });
  await copy.click();
  await expect(copy).toHaveText('Copied');
  expect(await copied('text/plain')).toContain('*Impact*: 410 riders could not book');
  expect(await copied('text/html')).not.toContain('<table');
  await page.getByRole('button', { name: 'Copy for Confluence' }).click();
  await expect.poll(() => copied('text/html')).toContain('<table');
});

test('an objection is noted in the wizard, and the report says who was told, how and when', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('o');
  const dialog = page.getByRole('dialog', { name: 'Note an objection' });
  await expect(dialog.getByLabel('Who objects')).toBeFocused();
  await page.keyboard.type('Kim');
  await dialog.getByLabel('What they say').fill('v9 has the old schema');
  await dialog.getByLabel('Why it is decided all the same').fill('no migration lies in between');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const timeline = page.getByRole('complementary', { name: 'Timeline and reminders' });
  await expect(timeline).toContainText('Kim objected: v9 has the old schema; decided anyway: no migration');
  await page.keyboard.press('c');
  await page.keyboard.press('e');
  await page.getByLabel('What they said').fill('Go on, I am joining');
  await page.keyboard.press('Enter');
  await expect(timeline).toContainText('Escalated to Manager');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  const preview = page.getByRole('article', { name: 'Report preview' });
  const row = (text: string) => preview.getByRole('row').filter({ hasText: text });
  await expect(row('v9 has the old schema').first()).toContainText('no migration lies in between');
  await expect(row('Go on, I am joining').first()).toContainText('Manager');
  await expect(preview.getByRole('heading', { name: 'Communications' })).toBeVisible();
});

test('action items are written as data, also from the keyboard; the report and its evidence are exported', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.press('Read the releases');
  await wizard.offers('Go back to v9');
  await page.keyboard.press('p');
  const preview = page.getByRole('article', { name: 'Report preview' });
  await page.getByRole('button', { name: 'Add an action item' }).press('Enter');
  const item = page.getByRole('region', { name: 'Action item 1' });
  await expect(item.getByLabel('What')).toBeFocused();
  await page.keyboard.type('Alert on 503 within a minute');
  await item.getByLabel('Type').selectOption('detect');
  await item.getByLabel('Priority').selectOption('high');
  await item.getByLabel('Owner').fill('Amy');
  await item.getByLabel('Due').fill('2026-12-01');
  await page.getByLabel('Trigger').focus();
  await expect(preview).toContainText('Alert on 503 within a minute | type: detect | owner: Amy | due: 2026-12-01');
  await item.getByLabel('Done').check();
  await page.getByLabel('Trigger').focus();
  await expect(preview.getByRole('img', { name: 'ticked', exact: true })).toHaveCount(1);

  // Only open questions are shown, and the one being answered stays.
  const impact = page.getByLabel('Impact', { exact: true });
  await impact.fill('Nobody could book');
  await impact.blur();
  await expect(page.getByText('1 of 22 answered')).toBeVisible();
  await page.getByRole('button', { name: 'Only what is open' }).click();
  await expect(impact).toHaveCount(0);
  await page.getByLabel('Author').fill('Amy');
  await page.getByLabel('Author').blur();
  await expect(page.getByText('2 of 22 answered')).toBeVisible();
  await expect(page.getByLabel('Author')).toBeVisible();

  await page.getByRole('button', { name: 'Export with evidence' }).click();
  const written = page.getByRole('status').filter({ hasText: 'evidence files' });
  const folder = /Written to (\/\S+),/.exec(await written.innerText())?.[1] ?? '';
  const report = readFileSync(join(folder, 'report.md'), 'utf8');
  expect(report).toContain('- [x] **Alert on 503 within a minute** | type: detect');
  expect(report).toContain('```mermaid\ngantt');
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  expect(sums.length).toBeGreaterThan(3);
  for (const line of sums) {
    const [sha256 = '', path = ''] = line.split('  ');
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ).toBe(sha256);
  }
});

test('deferred work is done or waived with a reason before the incident can be closed', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('nobody to ask');
  await page.getByRole('button', { name: 'Defer it' }).click();
  await expect(wizard.outcomeOf('Choose the release')).toContainText('deferred');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('only an exercise');
  await page.getByRole('button', { name: 'Resolve the incident as it is' }).click();
  const open = page.getByRole('region', { name: 'Deferred' });
  await expect(open).toContainText('Choose the release to go back to');
  await expect(page.getByRole('button', { name: 'Close the incident' })).toHaveCount(0);
  await open.getByRole('button', { name: /^Waive:/ }).click();
  await expect(open.getByRole('button', { name: 'Waive it' })).toBeDisabled();
  await open.getByLabel('Why it need not be done').fill('the drill is over');
  await open.getByRole('button', { name: 'Waive it' }).click();
  await expect(open).toHaveCount(0);
  await page.getByRole('button', { name: 'Close the incident' }).click();
  await expect(wizard.title).toContainText('Closed');
});
