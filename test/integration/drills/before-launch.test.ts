/** "Test before launch" of the bundled runbook: both tests run as drills with real tools, and are proven. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenCore } from '#core/core.ts';
import { assetPath } from '#core/assets.ts';
import { beginRelease, endRelease } from '#core/simulator/simulated-cloud.ts';
import { systemPorts } from '#core/system-ports.ts';
import { dueDrills } from '#shared/drills/schedule.ts';
import { incidentOutcome, stepSummaries } from '#shared/incident/incident-outcome.ts';
import { procedureOf } from '#shared/incident/state.ts';
import { missingValues } from '#shared/incident/variables.ts';
import { dataFolder, acceleratedCore, testCore } from '../../fixtures/data-folder.ts';
import { prependPath, withVariables } from '../../fixtures/environment.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';
import type { SimulatedPath } from '../../tools/simulated-path.ts';

const APP = 'hotdash-agent-service-test';
const BUNDLED = readFileSync(assetPath('shared/runbooks/hotdash.md'), 'utf8');

/** Declares the drill with the runbook, which is trusted and has this test's health address. */
async function held(
  text: string,
  procedureId: string,
  { checkout, coreOver }: { readonly checkout: boolean; readonly coreOver: (folder: string) => Promise<OpenCore> },
) {
  const folder = dataFolder();
  const file = join(folder, 'practice.md');
  writeFileSync(file, text);
  const core = await coreOver(folder);
  const { hash, name } = await core.services.runbooks.importFile(file);
  await core.services.runbooks.trust(hash, 'ann');
  const { drills, settings, incidents } = core.services;
  if (checkout) {
    const path = join(folder, 'checkout');
    mkdirSync(path);
    await settings.change({ what: 'checkout', runbook: name, path });
  }
  const start = { intentId: ulid(), runbook: hash, service: APP, rowLine: null, procedureId, actor: 'ann' };
  const incident = await incidents.open(await drills.startReal(start));
  return { core, hash, incident, eventLog: incident.context.eventLog, runbook: incident.context.runbook };
}

describe('the test of the application rollback', () => {
  /**
   * A test app of one healthy machine, on v11. The core uses the clock of the simulated platform: the core dates the drill,
   * and the platform dates the releases.
   */
  async function testApp(): Promise<SimulatedPath> {
    const tools = await simulatedTools('app-rollback', { speed: 10, app: APP });
    tools.cloud.update((cloud) => {
      const good = cloud.releases.find(({ version }) => version === 9)?.imageRef ?? '';
      const begun = endRelease(beginRelease(cloud, good, tools.cloud.clock.now()), 11, 'complete');
      return {
        ...begun,
        scenario: {
          ...cloud.scenario,
          latencies: { api: 5, resolveImage: 5, updateMachine: 5, startMachine: 5, finish: 5 },
          images: cloud.scenario.images.map((image) => ({ ...image, warmupMs: 0 })),
        },
        machines: cloud.machines.slice(0, 1).map((machine) => ({ ...machine, imageRef: good, release: 11 })),
      };
    });
    return tools;
  }
  const onClockOf =
    ({ cloud }: SimulatedPath) =>
    (folder: string): Promise<OpenCore> =>
      testCore(folder, { ports: { ...systemPorts(), clock: cloud.clock } });
  const withHealthOf = (tools: SimulatedPath): string =>
    BUNDLED.replace('  hotdash-agent-service:\n', `  ${APP}:\n`).replace(
      'https://hotdash-agent-service.fly.dev/health',
      tools.healthUrl,
    );

  it('deploys a test version, goes back to what it replaced, and counts beside the test of the database', async () => {
    const tools = await testApp();
    const { core, hash, incident, eventLog, runbook } = await held(
      withHealthOf(tools),
      'test-of-the-application-rollback',
      { checkout: true, coreOver: onClockOf(tools) },
    );
    await autopilot(incident, 'ann', ulid, 'Held by Ann.');
    expect(stepSummaries(eventLog.state, runbook).map(({ outcome }) => outcome)).toEqual([
      'verified',
      'done',
      'verified',
      'confirmed',
      'confirmed',
    ]);
    expect(incidentOutcome(eventLog.state, runbook)).toBe('verified');
    const { releases } = tools.cloud.read();
    const [replaced, test, back] = releases.slice(-3);
    expect([replaced?.version, test?.version, back?.version]).toEqual([11, 12, 13]);
    expect(test?.imageRef).not.toBe(replaced?.imageRef);
    expect(back?.imageRef).toBe(replaced?.imageRef);
    expect(eventLog.state.effectiveAt).not.toBeNull();
    const { schedule, proven, drills, now } = await core.services.drills.book(hash);
    expect(schedule.find(({ kind }) => kind === 'before-launch')?.standing).toBe('never');
    expect(schedule.find(({ kind }) => kind === 'rollback')?.standing).toBe('held');
    const database = drills.map((drill) => ({ ...drill, procedureId: 'test-of-the-database-rollback' }));
    const both = dueDrills(schedule, [...drills, ...database], { runbook, now });
    expect(both.find(({ kind }) => kind === 'before-launch')?.standing).toBe('held');
    expect(proven.find(({ procedureId }) => procedureId === 'test-of-the-application-rollback')?.proof?.adapter).toBe(
      'real',
    );
  });

  it('deploys nothing without a checkout, and says where it is set', async () => {
    const tools = await testApp();
    const before = tools.cloud.read().releases.length;
    const { incident, eventLog } = await held(withHealthOf(tools), 'test-of-the-application-rollback', {
      checkout: false,
      coreOver: onClockOf(tools),
    });
    await autopilot(incident, 'ann', ulid);
    const problems = eventLog.events.flatMap(({ kind, payload }) =>
      kind === 'act.ended' ? (payload?.problem?.message ?? []) : [],
    );
    expect(problems.join()).toContain('has to run in a checkout');
    expect(tools.cloud.read().releases).toHaveLength(before);
  });
});

const found = findPostgres();
const missing = 'missing' in found ? found.missing : null;

describe('the test of the database rollback', skippedFor(missing), () => {
  let pg: Postgres;
  beforeAll(async () => {
    if ('bin' in found) pg = await startPostgres(found.bin);
  }, 60_000);
  afterAll(() => pg.stop());

  async function migrated(database: string, undo: string) {
    await pg.create(`"${database}"`);
    await pg.sql(database, 'create table public.approvals (id int primary key)');
    prependPath(pg.bin);
    withVariables({ TEST_DATABASE_URL: pg.url(database) });
    const story = await held(BUNDLED, 'test-of-the-database-rollback', {
      checkout: false,
      coreOver: acceleratedCore,
    });
    const { incident, eventLog, runbook } = story;
    const files = dataFolder();
    const TEST_MIGRATION = join(files, 'up.sql');
    const ROLLBACK_SQL = join(files, 'down.sql');
    writeFileSync(TEST_MIGRATION, 'create table public.trial (id int primary key);\n');
    writeFileSync(ROLLBACK_SQL, undo);
    const values = { TEST_MIGRATION, ROLLBACK_SQL, TEST_TABLE: 'public.trial' };
    for (const step of procedureOf(eventLog.state, runbook)?.steps ?? []) {
      const names = missingValues(eventLog.state, runbook, step);
      if (names.length === 0) continue;
      const asked = Object.fromEntries(
        Object.entries(values).filter(([name]) => names.some((each) => each.name === name)),
      );
      await incident.act({ kind: 'give-values', stepId: step.id, values: asked }, 'ann', ulid(), eventLog.state.seq);
    }
    await autopilot(incident, 'ann', ulid);
    return story;
  }

  it('applies the migration, takes it back, and proves both', async () => {
    const { eventLog, runbook } = await migrated('trial-test', 'drop table public.trial;\n');
    expect(stepSummaries(eventLog.state, runbook).map(({ outcome }) => outcome)).toEqual([
      'verified',
      'verified',
      'confirmed',
      'confirmed',
    ]);
    expect((await pg.sql('trial-test', "select to_regclass('public.trial') is null")).trim()).toBe('t');
  });

  it('is not verified when the file does not take the migration back', async () => {
    const { eventLog, runbook } = await migrated('kept-test', 'select 1;\n');
    expect(stepSummaries(eventLog.state, runbook)[1]?.outcome).toBe('failed');
    expect(incidentOutcome(eventLog.state, runbook)).toBe('failed');
  });

  it('writes to no database whose name does not end in -test', async () => {
    const { eventLog } = await migrated('trial', 'drop table public.trial;\n');
    expect([...eventLog.state.runs.values()].filter(({ effect }) => effect === 'change')).toEqual([]);
    expect((await pg.sql('trial', "select to_regclass('public.trial') is null")).trim()).toBe('t');
  });
});
