/** The simulator answers the same calls as the real psql, pg_dump, pg_restore, curl, git and npm in the same way. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOf } from '#core/simulator/scenario-database.ts';
import type { Scenario } from '#core/simulator/scenario.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { gitIn } from '../../tools/git-in.ts';
import { type FakeServer, fakeServer } from '../../tools/fake-server.ts';
import { DATABASE_CALLS, LOCAL_CALLS, type Parity, type Side } from '../../tools/parity/calls.ts';
import {
  CHANGED,
  compared,
  parityScenario,
  SCRIPTS,
  type Simulated,
  simulatedSide,
  TAG,
} from '../../tools/parity/sides.ts';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';
import { run } from '../../tools/real-tool.ts';

const postgres = findPostgres();
const onPath = (tool: string): string | null => {
  const path = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
  if (path === '') console.info(`Skipped: simulated against real ${tool}: it is not installed here`);
  return path === '' ? null : path;
};

const root = mkdtempSync(join(tmpdir(), 'rollbook-parity-'));
const folder = (name: string): string => {
  mkdirSync(join(root, name));
  return join(root, name);
};
const GOOD = 'alter table public.approvals drop column agent_id;\ndrop table public.agent_approvals;\n';
const BAD = 'select 1;\ndrop table public.no_such_table;\n';
const sides = { real: folder('real'), simulated: folder('simulated') };
for (const each of Object.values(sides)) {
  writeFileSync(join(each, 'good.sql'), GOOD);
  writeFileSync(join(each, 'bad.sql'), BAD);
}

let scenario: Scenario;
let simulated: Simulated;
let web: FakeServer;
let real: Side;
let simulation: Side;
beforeAll(async () => {
  scenario = await parityScenario();
  simulated = simulatedSide(scenario);
  web = await fakeServer(() => ({ status: 503, body: { status: 'down' } }));
  const checkout = makeCheckout();
  const none = { app: '', machine: '', project: '', database: '' };
  real = {
    folder: sides.real,
    health: `${web.url}/health`,
    git: ['-C', checkout],
    npm: ['--prefix', checkout],
    ...none,
    env: {},
  };
  simulation = { folder: sides.simulated, health: scenario.service.health, git: [], npm: [], ...none, env: {} };
});
afterAll(async () => {
  await web.close();
  rmSync(root, { recursive: true, force: true });
});

/** A repository and a package like those of the scenario. */
function makeCheckout(): string {
  const path = folder('checkout');
  const git = gitIn(path);
  const scripts = Object.fromEntries(Object.entries(SCRIPTS).map(([name, { command }]) => [name, command]));
  git('init', '--quiet');
  writeFileSync(join(path, CHANGED), 'nine\n');
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name: 'hotdash', version: '1.0.0', scripts }));
  git('add', '.');
  git('commit', '--quiet', '-m', TAG);
  git('tag', TAG);
  writeFileSync(join(path, CHANGED), 'ten\n');
  git('commit', '--quiet', '-am', 'ten');
  writeFileSync(join(path, CHANGED), 'eleven\n');
  return path;
}

async function sameOnBothSides(call: Parity, path: string): Promise<void> {
  const there = await run(path, call.args(real), { ...real.env, ...call.env });
  const here = await simulated.run(call, simulation);
  expect(there.code, `the real one: ${there.stdout}${there.stderr}`).toBe(call.code);
  expect(compared(call, here)).toEqual(compared(call, there));
}

const named = (calls: readonly Parity[]) => calls.map((call) => [`${call.tool}: ${call.name}`, call] as const);

describe.each(['curl', 'git', 'npm'] as const)('the simulated %s against the real one', (tool) => {
  const path = onPath(tool);
  it.each(named(LOCAL_CALLS.filter((call) => call.tool === tool)))(
    '%s',
    skippedFor(path === null ? `there is no ${tool} on PATH` : null),
    (_name, call) => sameOnBothSides(call, path ?? ''),
  );
});

describe(
  'the simulated PostgreSQL clients against the real ones',
  skippedFor('missing' in postgres ? postgres.missing : null),
  () => {
    let server: Postgres;
    beforeAll(async () => {
      server = await startPostgres('bin' in postgres ? postgres.bin : '');
      const database = scenario.database;
      if (database === undefined) throw new Error('the scenario has a database');
      await server.create('shop');
      const tables = Object.entries(database.tables).map(
        ([table, rows]) =>
          `create table ${table} (id int, agent_id int, status text); insert into ${table} select n, n, 'pending' from generate_series(1, ${rows}) n;`,
      );
      const history = database.migrations.map(({ version, name }) => `('${version}', '{}', '${name}')`);
      await server.sql(
        'shop',
        `${tables.join('\n')} create schema supabase_migrations; create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text); insert into supabase_migrations.schema_migrations values ${history.join(', ')};`,
      );
      const { port, user, password } = server;
      real = {
        ...real,
        env: { PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: 'shop' },
      };
      simulation = {
        ...simulation,
        env: { PGHOST: hostOf(database), PGPORT: '5432', PGUSER: database.user, PGPASSWORD: database.password },
      };
    }, 60_000);
    afterAll(() => server.stop());

    it.each(named(DATABASE_CALLS))('%s', (_name, call) => sameOnBothSides(call, join(server.bin, call.tool)));

    it('psql: a file that fails, at its line', async () => {
      const failing = simulatedSide(
        await parityScenario((whole) =>
          whole.database === undefined
            ? whole
            : {
                ...whole,
                database: {
                  ...whole.database,
                  sqlFailure: { line: 2, message: 'table "no_such_table" does not exist' },
                },
              },
        ),
      );
      const call: Parity = {
        tool: 'psql',
        name: 'a file that fails',
        args: ({ folder: own }) => [
          '-X',
          '-v',
          'ON_ERROR_STOP=1',
          '--single-transaction',
          '-c',
          "set local lock_timeout = '5s'",
          '-c',
          "set local statement_timeout = '5min'",
          '-f',
          `${own}/fails.sql`,
        ],
        code: 3,
      };
      for (const each of Object.values(sides))
        writeFileSync(join(each, 'fails.sql'), '\ndrop table public.no_such_table;\n');
      const there = await run(join(server.bin, 'psql'), call.args(real), real.env);
      expect(there.code).toBe(3);
      expect(compared(call, await failing.run(call, simulation))).toEqual(compared(call, there));
    });
  },
);
