/** `test` with a PostgreSQL server for each worker, and the actions of a database rollback in the window. */
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Page } from '@playwright/test';
import { databaseRunbook } from '../fixtures/database-runbook.ts';
import { brokenDatabase, looks, spyingClients } from '../fixtures/hotdash-database.ts';
import { findPostgres, type Postgres, startPostgres } from '../tools/postgres.ts';
import { type App, expect, test as appTest } from './app.ts';
import { type Wizard, wizardOf } from './wizard.ts';

const found = findPostgres();
export const missing = 'missing' in found ? found.missing : null;
if (missing !== null) console.warn(`Database rollback not tested in the window: ${missing}`);

export interface DatabaseIncident {
  readonly page: Page;
  readonly wizard: Wizard;
  readonly database: string;
  /** The answer of `looks`. */
  readonly looks: () => Promise<unknown>;
  /** The arguments of all clients that were started, one a line. */
  readonly calls: () => string;
  /** Identifies the database and confirms it by typing. */
  identify(): Promise<void>;
  /** Reads the history, and chooses the newest migration with this file and a reason. */
  choose(sql: string): Promise<void>;
  /** Fills in another file and a reason, and confirms the choice. */
  give(sql: string): Promise<void>;
  dump(): Promise<void>;
  approve(): Promise<void>;
  /** Arms and runs the SQL. */
  run(): Promise<void>;
}

export interface DatabaseOptions {
  /** The value of DATABASE_URL. */
  readonly url?: (database: string) => string;
  /** The name that the runbook declares. */
  readonly declared?: string;
  /** The usual time of the SQL as written in a runbook; `60s` by default. */
  readonly usual?: string;
}

interface DatabaseFixtures {
  /** A declared live incident over a new database whose newest migration is bad. */
  readonly declare: (options?: DatabaseOptions) => Promise<DatabaseIncident>;
}

export const test = appTest.extend<DatabaseFixtures, { readonly pg: Postgres }>({
  pg: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      if (!('bin' in found)) throw new Error(found.missing);
      const pg = await startPostgres(found.bin);
      await use(pg);
      await pg.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  declare: async ({ app, pg }, use) => {
    await use((options = {}) => declareDatabase(app, pg, options));
  },
});

export { expect };

async function declareDatabase(
  app: App,
  pg: Postgres,
  { url, declared, usual = '60s' }: DatabaseOptions,
): Promise<DatabaseIncident> {
  const database = await brokenDatabase(pg);
  const log = join(app.folder, 'calls.txt');
  app.env['PATH'] = [spyingClients(join(app.folder, 'bin'), pg.bin, log), '/usr/bin', '/bin'].join(delimiter);
  app.env['DATABASE_URL'] = url?.(database) ?? pg.url(database);
  const runbook = databaseRunbook(declared ?? database).replace('usual=60s', `usual=${usual}`);
  app.trust(runbook);
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  let files = 0;
  const give = async (sql: string): Promise<void> => {
    files += 1;
    await page.getByLabel('The reviewed SQL file').fill(app.writeFile(`rollback-${files}.sql`, sql));
    await page.getByLabel('Why it is undone all the same').fill('The dump before it is at hand');
    await page.locator('[data-primary]').click();
  };
  return {
    page,
    wizard,
    database,
    looks: () => looks(pg, database),
    calls: () => readFileSync(log, 'utf8'),
    identify: async () => {
      await wizard.press('Identify the database');
      await page.getByLabel(`Type the end of ${database}`).fill(database.slice(-6));
      await wizard.press('This is the right database');
    },
    choose: async (sql) => {
      await wizard.press('Read the migrations and the backups');
      await give(sql);
      await expect(wizard.outcomeOf('Choose the migration')).toContainText('done by app');
    },
    give,
    dump: async () => {
      await wizard.press('Dump 2 tables and prove the dump');
      await expect(wizard.outcomeOf('Dump')).toContainText('verified by app');
    },
    approve: async () => {
      await page.getByLabel('Who agreed').fill('Mo Adler');
      await wizard.press('Record the approval');
    },
    run: async () => wizard.runChange(`Undo migration 20251011150400 on ${database}`),
  };
}
