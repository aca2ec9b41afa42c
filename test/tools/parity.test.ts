/** The simulated supabase and fly against the real ones; psql, curl, git and npm are in test/integration/simulator. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REF, TOKEN } from './failures.ts';
import { type FakeServer, fakeServer } from './fake-server.ts';
import { fakeFly, flyEnvironment } from './fake-fly/server.ts';
import { fakeFlyWorld } from './fake-fly/world.ts';
import { managementApi } from './management-api.ts';
import type { Parity, Side } from './parity/calls.ts';
import { FLY_CALLS, supabaseCalls } from './parity/service-calls.ts';
import { compared, parityScenario, type Simulated, simulatedSide } from './parity/sides.ts';
import { realTool, run } from './real-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollbook-parity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const side = (change: Partial<Side>): Side => ({
  folder,
  health: '',
  git: [],
  npm: [],
  app: '',
  project: '',
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

describe.each(['2.104.0', '3.1.0'])('the simulated supabase %s against the real one', (version) => {
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

  it.skipIf(path === null).each(named(supabaseCalls(version)))('%s', (_name, call) =>
    same(call, path ?? '', real, simulated, simulation),
  );
});

describe('the simulated fly against the real one', () => {
  const path = realTool('flyctl');
  const world = fakeFlyWorld();
  let server: FakeServer;
  let simulated: Simulated;
  let real: Side;
  let simulation: Side;
  beforeAll(async () => {
    server = await fakeFly(world);
    real = side({ app: world.app, env: flyEnvironment(server, world) });
    const scenario = await parityScenario();
    simulated = simulatedSide(scenario);
    simulation = side({ app: scenario.service.app });
  });
  afterAll(() => server.close());

  it.skipIf(path === null).each(named(FLY_CALLS))('%s', (_name, call) =>
    same(call, path ?? '', real, simulated, simulation),
  );

  it('is asked nothing that the simulator does not play', async () => {
    for (const call of FLY_CALLS) expect((await simulated.run(call, simulation)).code, call.name).toBe(call.code);
  });
});
