import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, missing, test } from './database-stage.ts';
import { wizardOf } from './wizard.ts';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The version of a migration made at that moment, in Supabase's format (UTC). */
function migrationVersion(at: number): string {
  const date = new Date(at);
  const parts = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()];
  return `${date.getUTCFullYear()}${parts.map(twoDigits).join('')}${twoDigits(date.getUTCSeconds())}`;
}

/** A checkout with one commit, made at `at`, that adds a migration. */
function makeCheckout(folder: string, at: number): string {
  const checkout = join(folder, 'shop');
  const migrations = join(checkout, 'supabase', 'migrations');
  mkdirSync(migrations, { recursive: true });
  writeFileSync(join(migrations, `${migrationVersion(at)}_agent_approvals.sql`), 'select 1;\n');
  const date = new Date(at).toISOString();
  const git = (...args: string[]): void => {
    execFileSync('git', ['-C', checkout, '-c', 'user.name=Ben', '-c', 'user.email=ben@hotdash.example', ...args], {
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
  };
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Ask an agent for approvals');
  return checkout;
}

test('releases, commits and a migration in between stand on the undo card, the migration in red', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  const runbook = app.trust(liveRunbook(tools.healthUrl));
  const [bad] = tools.scenario.releases.filter(({ version }) => version === 10);
  const checkout = makeCheckout(app.folder, Number(bad?.createdAt) - 60_000);
  app.command('settings', 'set', 'checkout', checkout, '--runbook', runbook);
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
  const between = page
    .getByRole('region', { name: 'Before you run it' })
    .getByRole('group', { name: 'What changed in between on hotdash-agent-service' });
  await expect(between).toContainText('v10');
  await expect(between).toContainText('Ask an agent for approvals');
  await expect(between).toContainText('agent_approvals');
  await expect(between.getByText('1 migration in between')).toBeVisible();
  await expect(page.locator('.undo .notice--bad')).toContainText('A migration lies in between.');
});

test.describe('with a database declared', () => {
  test.skip(missing !== null, missing ?? '');

  test("the database's own history is asked: what was applied in between is red, also without a checkout", async ({
    app,
    pg,
    simulatedTools,
  }) => {
    const tools = await simulatedTools('app-rollback');
    const [bad] = tools.scenario.releases.filter(({ version }) => version === 10);
    const applied = migrationVersion(Number(bad?.createdAt) - 60_000);
    const name = 'rule_02';
    await pg.create(name);
    await pg.sql(
      name,
      `create schema supabase_migrations;
        create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
        insert into supabase_migrations.schema_migrations values ('20240101000000', '{}', 'long_before'), ('${applied}', '{}', 'agent_approvals');`,
    );
    app.env['PATH'] = [tools.pathEntry, pg.bin, process.env['PATH'] ?? ''].join(delimiter);
    app.env['DATABASE_URL'] = pg.url(name);
    app.trust(liveRunbook(tools.healthUrl, [`database: { url: DATABASE_URL, host: 127.0.0.1, name: ${name} }`]));
    const page = await app.open();
    const wizard = wizardOf(page);
    await wizard.declareRow(1);
    await wizard.press('Read the releases');
    await wizard.press('Go back to v9');
    await wizard.offers('Deploy v9');
    const between = page.getByRole('group', { name: 'What changed in between on hotdash-agent-service' });
    await expect(page.locator('.undo .notice--bad')).toContainText('A migration lies in between.');
    await expect(between).toContainText(`${applied} agent_approvals`);
    await expect(between).toContainText(`in the migration history of 127.0.0.1:${pg.port}/${name}`);
    await expect(between).not.toContainText('long_before');
  });
});

test('without a checkout it is said that commits and migrations are not known', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  const between = page.getByRole('group', { name: 'What changed in between on hotdash-agent-service' });
  await expect(between).toContainText('v10');
  for (const what of ['commits', 'migrations']) await expect(between).toContainText(`Not known: ${what}.`);
  await expect(between).toContainText('No checkout of the repository is set');
  await expect(page.locator('.undo .notice--bad')).toHaveCount(0);
});
