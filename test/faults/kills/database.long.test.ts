import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBundles } from '../../../build/setup/bundle-fresh.mjs';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';
import { seedsOf } from './killing.ts';
import { killAfterEveryCommit } from './rounds.ts';
import { databaseRollback } from './stories.ts';

const found = findPostgres();

describe('on a real PostgreSQL', skippedFor('missing' in found ? found.missing : null), () => {
  let pg: Postgres;
  beforeAll(async () => {
    await ensureBundles(process.execPath, ['stories']);
    if ('bin' in found) pg = await startPostgres(found.bin);
  }, 300_000);
  afterAll(() => pg.stop());

  it('a database rollback, killed after any commit, is taken up, and what is offered can be done', async () => {
    const folder = dataFolder();
    const seeds = await seedsOf(await databaseRollback(folder, pg), folder);
    const times = await killAfterEveryCommit('killed after a commit: database', seeds, folder, () => 'one');
    expect(times).toBeGreaterThan(60);
  }, 3_600_000);
});
