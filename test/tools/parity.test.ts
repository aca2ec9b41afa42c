/** Compares the simulated supabase and fly with the real ones. psql, curl, git and npm: test/integration/simulator. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SUPABASE_VERSIONS } from '../../build/checks/real-tools.mjs';
import { skippedFor } from '../fixtures/skipping.ts';
import { REF, TOKEN } from './failures.ts';
import { type FakeServer, fakeServer } from './fake-server.ts';
import { fakeFly, flyEnvironment } from './fake-fly/server.ts';
import { fakeFlyCloud } from './fake-fly/fake-cloud.ts';
import { managementApi } from './management-api.ts';
import { MIGRATION, type Parity, type Side } from './parity/calls.ts';
import { FLY_CALLS, migrationCalls, supabaseCalls } from './parity/service-calls.ts';
import { findPostgres, type Postgres, startPostgres } from './postgres.ts';
import { compared, parityScenario, type Simulated, simulatedSide } from './parity/sides.ts';
import { missingTool, realTool, run } from './real-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollbook-parity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const side = (change: Partial<Side>): Side => ({
  folder,
  health: '',
  git: [],
  npm: [],
  app: '',
  machine: '',
  project: '',
  database: '',
  env: {},
  ...change,
});

async function same(call: Parity, path: string, real: Side, simulated: Simulated, simulation: Side): Promise<void> {
  const there = await run(path, call.args(real), { ...real.env, ...call.env });
  const here = await simulated.run(call, simulation);
  expect(there.code, `the real one: ${there.stdout}${there.stderr}`).toBe(call.code);
  expect(compared(call, here)).toEqual(compared(call, there));
}

const named = (calls: readonly Parity[]) => calls.map((call) => [call.name, call] as const);

/** A new database with the migration history of the scenario. */
async function databaseWith(
  server: Postgres,
  migrations: readonly { readonly version: string; readonly name: string }[],
) {
  await server.sql('postgres', 'drop database if exists shop');
  await server.create('shop');
  const rows = migrations.map(({ version, name }) => `('${version}', '{}', '${name}')`).join(', ');
  await server.sql(
    'shop',
    `create schema supabase_migrations;
     create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
     insert into supabase_migrations.schema_migrations values ${rows}`,
  );
  return server.url('shop');
}

const postgres = findPostgres();

describe.each(SUPABASE_VERSIONS)(
  'the migrations of the simulated supabase %s against the real one',
  skippedFor('missing' in postgres ? postgres.missing : null),
  (version) => {
    const skipped = skippedFor(missingTool(`supabase ${version}`));
    const path = realTool(`supabase ${version}`);
    let server: Postgres | null = null;
    let real: Side;
    let simulated: Simulated;
    const simulation = side({ database: 'postgresql://ann:secret@db.example:5432/shop' });
    beforeAll(async () => {
      const scenario = await parityScenario((whole) =>
        whole.database === undefined ? whole : { ...whole, database: { ...whole.database, supabaseVersion: version } },
      );
      simulated = simulatedSide(scenario);
      // Version 2 refuses a server without TLS.
      server = await startPostgres('bin' in postgres ? postgres.bin : '', { tls: true });
      real = side({ database: await databaseWith(server, scenario.database?.migrations ?? []) });
    });
    afterAll(() => server?.stop());

    it.each(named(migrationCalls(version)))('%s', skipped, (_name, call) =>
      same(call, path ?? '', real, simulated, simulation),
    );

    it('both have taken the same row out of the history, and no other', skipped, async () => {
      const left = simulated.cloud.read().database?.migrations.map((each) => each.version);
      const rows = await server?.sql('shop', 'select version from supabase_migrations.schema_migrations order by 1');
      expect(rows?.split('\n')).toEqual(left);
      expect(left).not.toContain(MIGRATION);
    });
  },
);

describe.each(SUPABASE_VERSIONS)('the simulated supabase %s against the real one', (version) => {
  const path = realTool(`supabase ${version}`);
  let server: FakeServer;
  let real: Side;
  let simulated: Simulated;
  let simulation: Side;
  beforeAll(async () => {
    server = await fakeServer((asked) => {
      const reply = managementApi(asked);
      // As the simulated project is: without point-in-time recovery.
      const backups = asked.path.endsWith('/backups') && reply.status === 200;
      return backups
        ? { ...reply, body: { ...(reply.body as object), pitr_enabled: false, physical_backup_data: {} } }
        : reply;
    });
    const profile = join(folder, `${version}.yaml`);
    writeFileSync(
      profile,
      `name: fake\napi_url: ${server.url}\ndashboard_url: ${server.url}/dashboard\nproject_host: fake.test\n`,
    );
    real = side({ project: REF, env: { SUPABASE_PROFILE: profile, SUPABASE_ACCESS_TOKEN: TOKEN } });
    const scenario = await parityScenario((whole) =>
      whole.database === undefined ? whole : { ...whole, database: { ...whole.database, supabaseVersion: version } },
    );
    simulated = simulatedSide(scenario);
    simulation = side({ project: scenario.database?.project ?? '' });
  });
  afterAll(() => server.close());

  it.each(named(supabaseCalls(version)))('%s', skippedFor(missingTool(`supabase ${version}`)), (_name, call) =>
    same(call, path ?? '', real, simulated, simulation),
  );
});

describe('the simulated fly against the real one', () => {
  const path = realTool('flyctl');
  const cloud = fakeFlyCloud();
  let server: FakeServer;
  let simulated: Simulated;
  let real: Side;
  let simulation: Side;
  beforeAll(async () => {
    server = await fakeFly(cloud);
    real = side({ app: cloud.app, machine: cloud.machines[0]?.id ?? '', env: flyEnvironment(server, cloud) });
    const scenario = await parityScenario();
    simulated = simulatedSide(scenario);
    simulation = side({ app: scenario.service.app, machine: scenario.machines[0]?.id ?? '' });
  });
  afterAll(() => server.close());

  it.each(named(FLY_CALLS))('%s', skippedFor(missingTool('flyctl')), (_name, call) =>
    same(call, path ?? '', real, simulated, simulation),
  );

  it('is asked nothing that the simulator does not play', async () => {
    for (const call of FLY_CALLS) expect((await simulated.run(call, simulation)).code, call.name).toBe(call.code);
  });
});
