/** The truth check in the window: at each command, in one list, and as a corrected copy that leaves the file alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';

const BAD = liveRunbook('http://127.0.0.1:9/health').replace(
  '   fly status -a "$SERVICE" --json\n',
  '   fly releases rollback v9 -a "$SERVICE"\n   curl "$HEALTH_URL"\n',
);

test('findings stand in one list and at their commands, and are corrected in a copy', async ({ app }) => {
  const path = app.writeFile('pier.md', BAD);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  await page.getByLabel('Absolute path of a Markdown file').fill(path);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: /^Findings about fly releases rollback v9/ })).toContainText(
    'There is no "fly releases rollback"',
  );

  await page.getByRole('button', { name: /^Findings: / }).click();
  const list = page.getByRole('list', { name: 'Findings by line' });
  const rollback = list.getByRole('listitem').filter({ hasText: 'fly releases rollback v9' });
  await expect(rollback).toContainText('unknown-subcommand');
  await expect(rollback).toContainText('Instead: ');
  // Neither tool nor network is needed: this machine has no fly, so the table of a known version decides.
  await expect(rollback).toContainText('not checked against your binary');
  await expect(list).toContainText('curl-without-fail');

  await page.getByRole('button', { name: 'Check again' }).focus();
  await page.keyboard.press('w');
  await expect(page.getByRole('status', { name: 'Corrected copy' })).toContainText('Your file is as it was');
  expect(readFileSync(path, 'utf8')).toBe(BAD);
  const copy = readFileSync(join(app.folder, 'pier.fixed.md'), 'utf8');
  expect(copy).not.toBe(BAD);
  expect(copy).toMatch(/curl .*-f/);
  expect(readFileSync(join(app.folder, 'pier.fixed.md.diff'), 'utf8')).toContain('-   curl "$HEALTH_URL"');

  // The same words as on the command line.
  const told = JSON.parse(
    await Promise.resolve().then(() => {
      try {
        return app.command('check', path, '--json');
      } catch (thrown) {
        return (thrown as { stdout: string }).stdout;
      }
    }),
  ) as { findings: { message: string }[] };
  for (const { message } of told.findings) await expect(list.getByText(message).first()).toBeVisible();
});

test('a file that was changed since is not corrected from what was read', async ({ app }) => {
  const path = app.writeFile('pier.md', BAD);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  await page.getByLabel('Absolute path of a Markdown file').fill(path);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Findings/ }).click();
  await page.getByRole('button', { name: 'Write the corrected copy' }).waitFor();
  app.writeFile('pier.md', `${BAD}\nChanged.\n`);
  await page.getByRole('button', { name: 'Write the corrected copy' }).click();
  await expect(page.getByRole('alert')).toContainText('was changed since it was read');
});

test('the findings stand at the commands of the wizard and of the reference', async ({ app }) => {
  const path = app.writeFile('pier.md', BAD);
  const page = await app.open();
  app.command('trust', path);
  await page.reload();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('f');
  await expect(page.getByRole('article', { name: 'Pier rollback' })).toContainText(
    'There is no "fly releases rollback"',
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.getByRole('group', { name: 'Decision matrix' }).getByRole('radio').first().waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Procedure' }).waitFor();
  await expect(page.getByRole('main', { name: 'Current step' })).toContainText('There is no "fly releases rollback"');
});
