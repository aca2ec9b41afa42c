import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activeRun, stepState } from '#shared/incident/state.ts';
import { bytesOf, choice, databaseStory, identify, prepare, runSql } from '../../fixtures/database-story.ts';
import { AFTER, BAD, BEFORE, GOOD_SQL, looks } from '../../fixtures/hotdash-database.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { changes, nextEvent, send, take } from '../../fixtures/steering.ts';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';

const found = findPostgres();
const missing = 'missing' in found ? found.missing : null;

describe('a database rollback on a real PostgreSQL', skippedFor(missing), () => {
  let pg: Postgres;
  beforeAll(async () => {
    if ('bin' in found) pg = await startPostgres(found.bin);
  }, 60_000);
  afterAll(() => pg.stop());

  const state = (database: string): Promise<unknown> => looks(pg, database);

  it('undoes the migration and its history row in one transaction, and proves it', async () => {
    const story = await databaseStory(pg);
    const { incident, step, outcome } = story;
    await prepare(story, GOOD_SQL);
    const { dump } = incident.context.eventLog.state.database;
    expect(dump?.tables).toEqual([
      'public.agent_approvals',
      'public.approvals',
      'supabase_migrations.schema_migrations',
    ]);
    expect(statSync(dump?.path ?? '').mode & 0o777).toBe(0o600);
    expect(await state(story.database)).toEqual(BEFORE);
    await take(incident, runSql(story));
    expect(await state(story.database)).toEqual(AFTER);
    expect(outcome('run-rollback-sql')).toBe('verified');
    await take(incident, { kind: 'check-proof', stepId: step('verify-database').id });
    expect(outcome('verify-database')).toBe('verified');
    const { proof } = stepState(incident.context.eventLog.state, step('verify-database').id);
    expect(proof?.findings.map(({ rule, met }) => [rule, met])).toEqual([
      ['session-over', true],
      ['history-row-gone', true],
      ['catalogue', true],
      ['counts', true],
    ]);
    expect(proof?.findings.at(-1)?.detail).toContain('surviving tables');
    const change = [...incident.context.eventLog.state.runs.values()].find(({ effect }) => effect === 'change');
    expect(change?.shown).toContain('--single-transaction');
    expect(change?.shown).toContain("lock_timeout = '");
    // The copied file was removed.
    expect(story.calls()).toContain('rollback.sql');
    expect(bytesOf(`${story.folder}/data/work`)).toBe('');
  });

  it('keeps the password out of arguments, events, outputs and every file', async () => {
    const story = await databaseStory(pg);
    await prepare(story, GOOD_SQL);
    await take(story.incident, runSql(story));
    expect(story.outcome('run-rollback-sql')).toBe('verified');
    await story.core.close();
    for (const text of [story.calls(), bytesOf(`${story.folder}/data`)]) {
      expect(text.length).toBeGreaterThan(1_000);
      expect(text).not.toContain(pg.password);
      expect(text).not.toContain(encodeURIComponent(pg.password));
    }
  });

  it('a failing file changes nothing, and the step is failed with the line', async () => {
    const story = await databaseStory(pg);
    await prepare(story, `${GOOD_SQL}alter table public.approvals drop column no_such_column;\n`);
    await take(story.incident, runSql(story));
    expect(await state(story.database)).toEqual(BEFORE);
    const { outcome, reason } = stepState(story.incident.context.eventLog.state, story.step('run-rollback-sql').id);
    expect(outcome).toBe('failed');
    expect(reason).toMatch(/line 5 of the file: column "no_such_column".*nothing was changed/);
    expect(reason).toContain(`still has the row ${BAD}`);
  });

  it.each(['commit;', 'vacuum;', 'create index concurrently i on public.approvals (title);', '\\! true'])(
    'refuses a file with %s before anything is run',
    async (line) => {
      const story = await databaseStory(pg);
      await identify(story);
      await take(story.incident, { kind: 'run-reads', stepId: story.step('choose-migration').id });
      const before = story.calls();
      await expect(send(story.incident, choice(story, `${GOOD_SQL}${line}\n`))).rejects.toMatchObject({
        code: 'not-allowed',
        message: expect.stringContaining('line 5') as string,
      });
      expect(story.calls()).toBe(before);
      expect(story.outcome('choose-migration')).toBeNull();
    },
  );

  it('refuses a database the runbook does not mean', async () => {
    const story = await databaseStory(pg, { declared: 'hotdash_production' });
    const { id } = story.step('identify-database');
    await take(story.incident, { kind: 'run-reads', stepId: id });
    expect(story.outcome('identify-database')).toBe('failed');
    await expect(
      send(story.incident, { kind: 'confirm-database', stepId: id, typed: story.database }),
    ).rejects.toMatchObject({ code: 'not-allowed', message: expect.stringContaining('hotdash_production') as string });
    await expect(
      send(story.incident, { kind: 'run-reads', stepId: story.step('choose-migration').id }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('wants the end of the name typed, and not another one', async () => {
    const story = await databaseStory(pg);
    const { id } = story.step('identify-database');
    await take(story.incident, { kind: 'run-reads', stepId: id });
    for (const typed of ['', 'postgres', 'otdash_']) {
      await expect(send(story.incident, { kind: 'confirm-database', stepId: id, typed })).rejects.toMatchObject({
        code: 'not-allowed',
      });
    }
  });

  it('refuses port 6543 without connecting', async () => {
    const story = await databaseStory(pg, { url: (database) => pg.url(database, 6543) });
    await take(story.incident, { kind: 'run-reads', stepId: story.step('identify-database').id });
    expect(story.incident.context.eventLog.state.problem).toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('6543') as string,
    });
    expect(story.calls()).not.toContain('--single-transaction');
    expect(story.calls()).not.toContain('select');
  });

  it('the red gate of the backups is passed only with a reason', async () => {
    const story = await databaseStory(pg);
    await identify(story);
    await take(story.incident, { kind: 'run-reads', stepId: story.step('choose-migration').id });
    await expect(send(story.incident, choice(story, GOOD_SQL, ' '))).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('backups') as string,
    });
  });

  it('does not run the SQL without a dump, unless that is waived with a reason', async () => {
    const story = await databaseStory(pg);
    const { incident, step } = story;
    await identify(story);
    await take(incident, { kind: 'run-reads', stepId: step('choose-migration').id });
    await take(incident, choice(story, GOOD_SQL));
    await take(incident, { kind: 'record-approval', who: 'Mo', role: 'Manager', how: 'verbal', words: 'Do it.' });
    await expect(send(incident, runSql(story))).rejects.toMatchObject({
      message: expect.stringContaining('dump') as string,
    });
    await take(incident, {
      kind: 'skip-step',
      stepId: step('dump-tables').id,
      reason: 'no disk, daily backup is enough',
    });
    await take(incident, runSql(story));
    expect(story.outcome('run-rollback-sql')).toBe('verified');
  });

  it('needs the manager, also in a P0', async () => {
    const story = await databaseStory(pg);
    const { incident, step } = story;
    await identify(story);
    await take(incident, { kind: 'run-reads', stepId: step('choose-migration').id });
    await take(incident, choice(story, GOOD_SQL));
    await take(incident, { kind: 'run-reads', stepId: step('dump-tables').id });
    await expect(send(incident, runSql(story))).rejects.toMatchObject({
      message: expect.stringContaining('manager') as string,
    });
  });

  it('gives up at a held lock instead of queueing behind it', async () => {
    const story = await databaseStory(pg);
    await prepare(story, GOOD_SQL);
    const locked = pg.hold(story.database, 'lock table public.approvals in row exclusive mode');
    await locked.held;
    await take(story.incident, runSql(story));
    await locked.release();
    // While it waited, the server was asked who holds the lock.
    const seen = story.incident.context.eventLog.events.filter(({ kind }) => kind === 'session.seen');
    expect(seen.map(({ payload }) => payload)).toContainEqual({
      runId: expect.any(String) as string,
      state: 'active',
      waits: 'relation',
      blockers: [{ pid: expect.any(Number) as number, application: 'psql', state: 'idle in transaction' }],
    });
    const run = [...story.incident.context.eventLog.state.runs.values()].find(({ effect }) => effect === 'change');
    expect(run?.explanation?.code).toBe('lock-timeout');
    expect(story.outcome('run-rollback-sql')).toBe('failed');
    expect(await state(story.database)).toEqual(BEFORE);
  });

  it('a stop cancels on the server too: no session is left, nothing is changed', async () => {
    const story = await databaseStory(pg);
    const { incident } = story;
    await prepare(story, `${GOOD_SQL}select pg_sleep(120);\n`);
    const started = nextEvent(incident, (event) => event.kind === 'run.started' && changes(incident, event));
    await send(incident, runSql(story));
    await started;
    await pg.untilActive(story.database, 'pg_sleep');
    const runId = activeRun(incident.context.eventLog.state, 'change')?.runId ?? '';
    await send(incident, { kind: 'stop-run', runId, how: 'interrupt' });
    await incident.settled();
    const { outcome, proof } = stepState(incident.context.eventLog.state, story.step('run-rollback-sql').id);
    expect(outcome).toBe('stopped');
    expect(proof?.findings.find(({ rule }) => rule === 'session-over')).toMatchObject({ met: true });
    expect(await state(story.database)).toEqual(BEFORE);
  });

  it('runs nothing when somebody migrated or saved the file anew meanwhile', async () => {
    const story = await databaseStory(pg);
    const { incident } = story;
    await prepare(story, GOOD_SQL);
    const history = 'supabase_migrations.schema_migrations';
    await pg.sql(story.database, `insert into ${history} values ('20251012080000', '{}', 'other')`);
    await take(incident, runSql(story));
    expect(incident.context.eventLog.state.problem).toMatchObject({ code: 'conflict' });
    expect(incident.context.eventLog.state.database.choice).toBeNull();
    expect([...incident.context.eventLog.state.runs.values()].some(({ effect }) => effect === 'change')).toBe(false);
  });
});
