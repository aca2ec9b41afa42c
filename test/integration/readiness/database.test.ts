/** Readiness connects to a real PostgreSQL if a person allowed it, and reports without the password. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckedItem } from '#shared/readiness/readiness.ts';
import { writeFileSync } from 'node:fs';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

const found = findPostgres();

describe(
  'the connection to the database on the readiness board',
  skippedFor('missing' in found ? found.missing : null),
  () => {
    let pg: Postgres;
    beforeAll(async () => {
      pg = await startPostgres('bin' in found ? found.bin : '');
      await pg.create('shop');
      await pg.create('other');
    }, 60_000);
    afterAll(() => pg.stop());

    /** The item, or undefined if nothing is checked. */
    async function look(url: string, allowed = true): Promise<CheckedItem | undefined> {
      const folder = dataFolder();
      const file = join(folder, 'book.md');
      const settings = 'database: { url: DATABASE_URL, host: 127.0.0.1, name: shop }';
      const variables = 'variables: { DATABASE_URL: { from: environment } }';
      writeFileSync(file, `---\nrollbook: 1\n${variables}\n${settings}\n---\n# Shop\n`);
      const before = { ...process.env };
      Object.assign(process.env, { PATH: `${pg.bin}:${before['PATH']}`, DATABASE_URL: url });
      const { services } = await testCore(folder);
      process.env = before;
      const { hash, name } = await services.runbooks.importFile(file);
      await services.settings.change({ what: 'connect-database', runbook: name, on: allowed });
      const { items } = await services.readiness.read(hash, ['database', 'secret DATABASE_URL']);
      expect(JSON.stringify(items)).not.toContain(pg.password);
      expect(JSON.stringify(items)).not.toContain(encodeURIComponent(pg.password));
      return items.find(({ id }) => id === 'database');
    }

    it('says which database answered and its version', async () => {
      const item = await look(pg.url('shop'));
      expect(item).toMatchObject({ state: 'ok', fix: null });
      expect(item?.detail).toMatch(/^connected read-only to shop, PostgreSQL 1\d\.\d/);
    });

    it('fails where the address leads to another database than the runbook means', async () => {
      expect(await look(pg.url('other'))).toMatchObject({
        state: 'failed',
        detail: 'it leads to the database "other"',
        fix: 'The runbook means "shop": correct the source.',
      });
    });

    it('fails with what the server says about a wrong password or database, and when nobody listens', async () => {
      const wrong = pg.url('shop').replace(encodeURIComponent(pg.password), 'wrong');
      expect(await look(wrong)).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining('password') as string,
      });
      expect(await look(pg.url('nowhere'))).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining('database "nowhere" does not exist') as string,
      });
      expect(await look(pg.url('shop', 1))).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining('Connection refused') as string,
      });
    });

    it('asks nobody unless a person has allowed it', async () => {
      expect(await look(pg.url('shop'), false)).toBeUndefined();
    });
  },
);
