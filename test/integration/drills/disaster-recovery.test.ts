/** The quarterly disaster recovery drill: a dump of a real PostgreSQL is restored into a scratch database, and proven. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { autopilot } from '#core/drills/autopilot.ts';
import { incidentOutcome, stepSummaries } from '#shared/incident/incident-outcome.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { prependPath, withVariables } from '../../fixtures/environment.ts';
import { bytesOf } from '../../fixtures/database-story.ts';
import { spyingClients } from '../../fixtures/hotdash-database.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';

const found = findPostgres();
const missing = 'missing' in found ? found.missing : null;

const TABLES = `create schema supabase_migrations;
create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
create table public.approvals (id int primary key, title text not null);
insert into public.approvals select n, 'approval ' || n from generate_series(1, 25) n;
insert into supabase_migrations.schema_migrations values ('20250901090000', '{}', 'start');`;

describe('a disaster recovery drill', skippedFor(missing), () => {
  let pg: Postgres;
  beforeAll(async () => {
    if ('bin' in found) pg = await startPostgres(found.bin);
    await pg.create('production');
    await pg.sql('production', TABLES);
  }, 60_000);
  afterAll(() => pg.stop());

  async function hold(scratch: string, spoil = false) {
    const folder = dataFolder();
    const dump = join(folder, 'production.dump');
    execFileSync(join(pg.bin, 'pg_dump'), ['-Fc', '-f', dump, '-d', pg.url('production')]);
    if (spoil) writeFileSync(dump, 'no archive at all');
    await pg.create(`"${scratch}"`);
    const log = join(folder, 'calls.txt');
    prependPath(spyingClients(join(folder, 'bin'), pg.bin, log));
    withVariables({ RECOVERY_DUMP: dump, SCRATCH_DATABASE_URL: pg.url(scratch) });
    const core = await acceleratedCore(folder);
    const incidentId = await core.services.drills.startReal({
      intentId: ulid(),
      runbook: null,
      service: 'hotdash-agent-service-test',
      rowLine: null,
      procedureId: 'disaster-recovery',
      actor: 'ann',
    });
    const incident = await core.services.incidents.open(incidentId);
    await autopilot(incident, 'ann', ulid, 'Held by Ann.');
    const { eventLog, runbook } = incident.context;
    return { core, state: eventLog.state, events: eventLog.events, runbook, calls: readFileSync(log, 'utf8'), folder };
  }

  it('restores the dump into the scratch database, proves it, and is no longer due', async () => {
    const { core, state, runbook } = await hold('recovery-test');
    expect(stepSummaries(state, runbook).map(({ outcome }) => outcome)).toEqual([
      'done',
      'verified',
      'confirmed',
      'confirmed',
    ]);
    expect(incidentOutcome(state, runbook)).toBe('verified');
    expect((await pg.sql('recovery-test', 'select count(*) from public.approvals')).trim()).toBe('25');
    const counts = [...state.runs.values()].find(({ template }) => template.includes('query_to_xml'));
    expect(counts?.excerpt).toContain('public|approvals|25');
    const { schedule, proven } = await core.services.drills.book(null);
    expect(schedule.find(({ kind }) => kind === 'disaster-recovery')?.standing).toBe('held');
    expect(schedule.find(({ kind }) => kind === 'rollback')?.standing).toBe('never');
    expect(proven.find(({ procedureId }) => procedureId === 'disaster-recovery')?.proof?.adapter).toBe('real');
  });

  it('hands the address on in the environment: no process list and no file of ours shows the password', async () => {
    const { core, state, calls, folder } = await hold('open-test');
    await core.close();
    expect(calls).toContain('--single-transaction');
    expect(calls).toContain('query_to_xml');
    const restored = [...state.runs.values()].find(({ effect }) => effect === 'change');
    // The target is still shown.
    expect(restored?.shown).toMatch(
      new RegExp(`^PGHOST=127\\.0\\.0\\.1 PGPORT=${pg.port} PGUSER=${pg.user} PGDATABASE=open-test pg_restore`),
    );
    for (const text of [calls, bytesOf(join(folder, 'outputs')), bytesOf(folder)]) {
      expect(text).not.toContain(pg.password);
      expect(text).not.toContain(encodeURIComponent(pg.password));
    }
  });

  it('writes to no database whose name does not end in -test', async () => {
    const { state, events } = await hold('recovery');
    expect([...state.runs.values()].filter(({ effect }) => effect === 'change')).toEqual([]);
    const problems = events.flatMap(({ kind, payload }) =>
      kind === 'act.ended' ? (payload?.problem?.message ?? []) : [],
    );
    expect(problems.join()).toContain('its database is recovery');
    expect((await pg.sql('recovery', "select to_regclass('public.approvals') is null")).trim()).toBe('t');
  });

  it('is not held when the dump cannot be restored', async () => {
    const { core, state, runbook } = await hold('spoilt-test', true);
    expect(incidentOutcome(state, runbook)).not.toBe('verified');
    const { schedule } = await core.services.drills.book(null);
    expect(schedule.find(({ kind }) => kind === 'disaster-recovery')?.standing).toBe('never');
  });
});
