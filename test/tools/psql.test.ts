/** psql against a real PostgreSQL: the behavior that the rules of the check warn about. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { skippedFor } from '../fixtures/skipping.ts';
import { findPostgres, type Postgres, startPostgres } from './postgres.ts';
import { missingTool, realTool, run } from './real-tool.ts';

const postgres = findPostgres();
const missing = missingTool('psql') ?? ('missing' in postgres ? postgres.missing : null);

describe('psql', skippedFor(missing), () => {
  let folder = '';
  let server: Postgres;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollbook-psql-'));
    if ('bin' in postgres) server = await startPostgres(postgres.bin);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const ask = (...args: readonly string[]): ReturnType<typeof run> =>
    run(realTool('psql') ?? '', [server.url('postgres'), ...args]);

  const history = [
    'create schema supabase_migrations',
    'create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text)',
    "insert into supabase_migrations.schema_migrations values ('20251011150400', null, 'carts')",
  ];

  it('goes on after an error in a file and ends with 0; with ON_ERROR_STOP it ends with 3', async () => {
    writeFileSync(
      join(folder, 'fix.sql'),
      'select 1;\nselect * from no_such_table;\ncreate table after_the_error (a int);\n',
    );
    expect((await ask('-X', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '-f', join(folder, 'fix.sql'))).code).toBe(
      3,
    );
    expect((await ask('-XAt', '-c', "select to_regclass('after_the_error')")).stdout.trim()).toBe('');
    expect((await ask('-X', '-f', join(folder, 'fix.sql'))).code).toBe(0);
    expect((await ask('-XAt', '-c', "select to_regclass('after_the_error')")).stdout.trim()).toBe('after_the_error');
  });

  it('finds the history in schema_migrations, and none where the old runbook looked', async () => {
    expect((await ask('-X', ...history.flatMap((sql) => ['-c', sql]))).code).toBe(0);
    const wrong = await ask('-X', '-c', 'select * from supabase_migrations order by inserted_at desc limit 5');
    expect(wrong.code).toBe(1);
    const right = await ask(
      '-X',
      '-v',
      'ON_ERROR_STOP=1',
      '-At',
      '-c',
      "select version, coalesce(name, '') from supabase_migrations.schema_migrations order by version desc limit 5",
    );
    expect(right).toMatchObject({ code: 0, stdout: '20251011150400|carts\n' });
  });
});
