/** Rule 13: what was trusted stays runnable when its file changes; only what changed is reviewed; nothing else runs. */
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';

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

  // The reviewed content is what a declaration offers.
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
  // Nothing that was reviewed before has to be read again.
  await expect(page.getByRole('article', { name: 'Pier rollback' })).toBeHidden();
  await expect(page.getByRole('list', { name: /^Findings of the change/ })).toContainText(
    'There is no "fly releases rollback"',
  );

  await page.keyboard.press('t');
  await expect(page.getByText('incidents can be declared with it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list.getByRole('button')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect(page.getByRole('radio', { name: /The pier is down/ })).toBeVisible();
});

test('a file never reviewed, or changed since, runs nothing on the command line either', async ({ app }) => {
  const path = app.writeFile('pier.md', REVIEWED);
  await app.open();
  expect(codeOf(() => app.command('run', path, '--row', '1'))).toBe(2);
  app.command('trust', path);
  app.writeFile('pier.md', CHANGED);
  expect(codeOf(() => app.command('run', path, '--row', '1'))).toBe(2);
  expect(codeOf(() => app.command('trust', path, '--show'))).toBe(1);
  // The bundled one ships trusted, and what was reviewed may still run: the input's end leaves it open (exit 1).
  expect(codeOf(() => app.command('run', path, '--row', '1', '--last-trusted'))).toBe(1);
  const { incidents } = JSON.parse(app.command('incidents', '--json')) as { incidents: { title: string }[] };
  expect(incidents).toHaveLength(1);
  expect(incidents[0]?.title).toContain('The service is down');
});
