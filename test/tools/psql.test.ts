/** psql against a real PostgreSQL: the traps the rules warn of. The server is started for the test, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { skippedFor } from '../fixtures/skipping.ts';
import { missingTool, realTool, run } from './real-tool.ts';

const psql = realTool('psql');

interface Server {
  readonly folder: string;
  readonly stop: () => void;
}

/** A server on a Unix socket, or why there is none. PostgreSQL refuses to run as root: then as `postgres`. */
function startServer(): Server | string {
  const bin =
    spawnSync(
      'sh',
      ['-c', 'ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1; dirname "$(command -v initdb)" 2>/dev/null'],
      { encoding: 'utf8' },
    ).stdout.split('\n')[0] ?? '';
  if (bin === '') return 'there is no PostgreSQL server on this machine';
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-pg-'));
  const asPostgres = process.getuid?.() === 0;
  if (asPostgres) {
    const id = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
    if (id.status !== 0) return 'PostgreSQL does not run as root, and there is no user postgres';
    chownSync(folder, Number(id.stdout), -1);
  }
  const pg = (command: string): ReturnType<typeof spawnSync> =>
    asPostgres
      ? spawnSync('su', ['postgres', '-s', '/bin/sh', '-c', command], { encoding: 'utf8', cwd: folder })
      : spawnSync('sh', ['-c', command], { encoding: 'utf8', cwd: folder });
  const made = pg(
    `${bin}/initdb -D ${folder}/data -U postgres -A trust >/dev/null && ${bin}/pg_ctl -D ${folder}/data -w -l ${folder}/log -o "-c listen_addresses='' -k ${folder}" start >/dev/null`,
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return `PostgreSQL could not be started: ${String(made.stderr).trim().split('\n').at(-1)}`;
  }
  return {
    folder,
    stop: () => {
      pg(`${bin}/pg_ctl -D ${folder}/data -m immediate stop`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const started = missingTool('psql') ?? startServer();
const [server, missing] = typeof started === 'string' ? [null, started] : [started, null];
afterAll(() => server?.stop());

describe('psql', skippedFor(missing), () => {
  const folder = server?.folder ?? '';
  const url = `postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}`;
  const ask = (...args: readonly string[]): ReturnType<typeof run> => run(psql ?? '', [url, ...args]);

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
