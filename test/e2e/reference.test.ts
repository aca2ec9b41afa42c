/** The reference: prevention, related documents and history, defects noted on a step, and printing. */
import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('the reference holds prevention checklist, related documents and history, and finds words in commands and messages', async ({
  app,
}) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('f');
  const contents = page.getByRole('navigation', { name: 'Contents' });
  for (const section of ['Prevention checklist', 'Related documents', 'Document history']) {
    await expect(contents.getByRole('link', { name: section })).toBeVisible();
  }
  for (const [words, found] of [
    ['skip-release-command', 'fly deploy'],
    ['emergency maintenance', 'maintenance'],
    ['feature flags', 'Prevention checklist'],
  ] as const) {
    await page.getByLabel('Search the runbook').fill(words);
    await expect(page.getByRole('region', { name: 'Search results' })).toContainText(new RegExp(found, 'i'));
  }
});

test('the search goes over all of it: runbook, contacts, related documents, past incidents; drills are marked', async ({
  app,
}) => {
  app.command('drill', '--scenario', 'login-expired', '--auto', '--speed', '600', '--expect');
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('f');
  await page.getByRole('article').waitFor();
  const results = page.getByRole('region', { name: 'Search results' });
  const look = async (words: string): Promise<void> => {
    await page.getByRole('searchbox').fill(words);
    await expect(page.getByRole('search').getByRole('status')).toContainText(/past incidents?$|Nothing found/);
  };
  await look('LAUNCH_DAY_CHECKLIST');
  await expect(results.getByRole('list', { name: 'Related documents' }).getByRole('button')).toHaveCount(1);
  await look('#hotdash-emergency');
  await expect(results.getByRole('list', { name: 'Contacts' }).getByRole('button')).toHaveCount(1);
  for (const hostile of ['"', '*', 'NEAR(', 'a OR', "'; DROP TABLE events", 'x '.repeat(400), '\u0301', '{}']) {
    await page.getByRole('searchbox').fill(hostile);
    await expect(page.getByRole('search').getByRole('status')).toContainText(/past incidents?$|Nothing found/);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }

  await look('declared P0');
  const past = results.getByRole('list', { name: 'Past incidents' }).getByRole('button');
  await expect(past).toHaveCount(1);
  await expect(past).toContainText('DRILL');
  await expect(past.locator('mark').first()).toHaveText(/declared|P0/i);

  // The arrow keys go from the field to the last result, and Enter opens its report.
  await page.getByRole('searchbox').focus();
  while (!(await past.evaluate((hit) => hit === document.activeElement))) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Incident report', exact: true })).toBeVisible();

  type Found = { incidents: readonly { incident: { kind: string } }[] };
  const found = JSON.parse(app.command('incidents', '--search', 'declared P0', '--json')) as Found;
  expect(found.incidents.map(({ incident }) => incident.kind)).toEqual(['drill']);
  expect(app.command('incidents', '--search', 'nowhere-to-be-found "')).toContain('Nothing found');
});

test('on a step, the line that is wrong is noted with what it should be; a second look corrects it', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1);
  await wizard.offers('Read the releases of hotdash-agent-service');
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog', {
    name: 'The runbook is wrong here',
  });
  const text = dialog.getByLabel('As it should be');
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(/fly releases/);
  await text.fill('   fly releases -a "$SERVICE" --json --image');
  await dialog.getByLabel('What is wrong').fill('The images are not listed');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'The runbook is wrong here (1)' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Timeline and reminders' })).toContainText(
    'The images are not listed',
  );
  await page.keyboard.press('w');
  await expect(text).toHaveValue('   fly releases -a "$SERVICE" --json --image');
  await page.keyboard.press('Escape');
  // The report shows it as a diff of the runbook.
  await page.keyboard.press('p');
  const preview = page.getByRole('article', { name: 'Report preview' });
  await expect(preview).toContainText('+   fly releases -a "$SERVICE" --json --image');
  await page.keyboard.press('Escape');
  await wizard.offers('Read the releases of hotdash-agent-service');
  // Also on a step that is not the current one.
  await page.keyboard.press(']');
  await page.keyboard.press('w');
  await expect(dialog).toBeVisible();
});

test('a runbook whose review is overdue says so on the home screen and in the reference', async ({ app }) => {
  const path = app.writeFile(
    'old.md',
    '---\nrollbook: 1\nreview: { every: 90d, last: 2020-01-01 }\n---\n\n# Old book\n\n## Option 1: Look\n\n1. **Look**\n',
  );
  app.command('trust', path);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await expect(page.getByText(/Review overdue: last verified \d+ days ago/)).toBeVisible();
  await page.keyboard.press('f');
  await expect(page.getByText(/Review overdue: last verified \d+ days ago/)).toBeVisible();
  expect(app.command('show', path)).toContain('Review overdue');
});

test('the corrected runbook is written for paper', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('f');
  await page.getByRole('article').waitFor();
  await page.getByRole('button', { name: 'Print' }).click();
  const told = page.getByText(/^For paper: open/);
  await expect(told).toBeVisible();
  const path = /open (\S+\.html)/.exec(await told.innerText())?.[1] ?? '';
  const html = readFileSync(path, 'utf8');
  expect(html).toContain('class="procedure"');
  expect(html).not.toContain('<script');
});
