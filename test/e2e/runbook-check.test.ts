/** The runbook check in the window: at each command, as a list, and as a corrected copy of the file. */
import { mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { noPrintingProgram, printingProgram, shopctlHelp } from '../fixtures/printing-program.ts';
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
  const list = page.getByRole('list', { name: 'Findings, the gravest first' });
  const rollback = list.getByRole('listitem').filter({ hasText: 'fly releases rollback v9' });
  await expect(rollback).toContainText('unknown-subcommand');
  await expect(rollback).toContainText('Instead: ');
  // No tool and no network is needed: without fly, the table of a known version is used.
  await expect(rollback).toContainText('not checked against your binary');
  await expect(list).toContainText('curl-without-fail');

  await page.getByRole('button', { name: /^Write the corrected copy/ }).press('Enter');
  await expect(page.getByRole('status', { name: 'Corrected copy' })).toContainText('Your file is as it was');
  expect(readFileSync(path, 'utf8')).toBe(BAD);
  const copy = readFileSync(join(app.folder, 'pier.fixed.md'), 'utf8');
  expect(copy).not.toBe(BAD);
  expect(copy).toMatch(/curl .*-f/);
  expect(readFileSync(join(app.folder, 'pier.fixed.md.diff'), 'utf8')).toContain('-   curl "$HEALTH_URL"');

  // The words are those of the command line.
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

test('another program is asked once a person has seen what that runs; it is remembered, and taken back in the settings', async ({
  app,
}) => {
  test.skip(noPrintingProgram !== null, noPrintingProgram ?? '');
  const bin = join(app.folder, 'bin');
  mkdirSync(bin);
  const program = join(bin, 'shopctl');
  printingProgram(program, shopctlHelp('status'));
  mkdirSync(join(app.folder, 'book'));
  const path = app.writeFile(join('book', 'pier.md'), BAD.replace('fly releases rollback v9', 'shopctl rollback v9'));
  app.env['PATH'] = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  await page.getByLabel('Absolute path of a Markdown file').fill(path);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Findings: / }).click();
  await expect(page.getByText('Nothing is known of shopctl')).toBeVisible();
  await page.getByRole('button', { name: /^Ask shopctl/ }).press('Enter');
  const card = page.getByRole('region', { name: 'Ask shopctl for its help' });
  await expect(card).toContainText(program);
  await expect(card).toContainText('shopctl rollback --help');
  await expect(card).toContainText('In an empty folder, without your login');
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Findings, the gravest first' });
  await expect(list.getByRole('listitem').filter({ hasText: 'shopctl rollback v9' })).toContainText(
    'unknown-subcommand',
  );
  await expect(page.getByText(`asked: ${program} 1.4.2`)).toBeVisible();

  await page.keyboard.press(',');
  const approved = page.getByRole('list', { name: 'Approved programs' });
  await expect(approved).toContainText(program);
  await approved.getByRole('button', { name: 'Take back: shopctl' }).click();
  await expect(approved).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Ask shopctl for its help' })).toBeVisible();
});
