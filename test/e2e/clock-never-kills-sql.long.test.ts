import { AFTER, BEFORE, GOOD_SQL } from '../fixtures/hotdash-database.ts';
import { type DatabaseIncident, expect, missing, test } from './database-stage.ts';
import { storedOf } from './stored.ts';

test.skip(missing !== null, missing ?? '');

/** Everything up to the SQL itself. */
async function upToSql(incident: DatabaseIncident, sql: string): Promise<void> {
  await incident.identify();
  await incident.choose(sql);
  await incident.dump();
  await incident.approve();
}

/** SQL that runs until the advisory lock 4711 is released, without waiting for a lock itself. */
const UNTIL_FREE = `do $$ begin
  while not pg_try_advisory_xact_lock(4711) loop perform pg_sleep(0.1); end loop;
end $$;
`;

test('SQL past its usual time is shown as slow, beside its session on the server, and goes on to its end', async ({
  app,
  declare,
  pg,
}) => {
  const incident = await declare({ usual: '1s' });
  const { page, wizard, database } = incident;
  await upToSql(incident, `${UNTIL_FREE}${GOOD_SQL}`);
  const busy = pg.hold(database, 'select pg_advisory_xact_lock(4711)');
  await busy.held;
  await incident.run();
  const slow = page.getByRole('status', { name: 'Slow' });
  await expect(slow).toContainText('not stopped by any clock', { timeout: 20_000 });
  await expect(slow).toContainText('Its session on the server is read every 2 seconds.');
  await expect(page.getByRole('status', { name: 'On the server' })).toContainText('active', { timeout: 20_000 });
  expect(storedOf(app, 'run.stop-asked')).toEqual([]);
  await busy.release();
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('verified by app', { timeout: 20_000 });
  expect(await incident.looks()).toEqual(AFTER);
});

test('the timeline names the session whose lock the SQL waited for', async ({ declare, pg }) => {
  const incident = await declare();
  const { page, wizard, database } = incident;
  await upToSql(incident, GOOD_SQL);
  const locked = pg.hold(database, 'lock table public.approvals in row exclusive mode');
  await locked.held;
  await incident.run();
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('failed', { timeout: 20_000 });
  await locked.release();
  await expect(page.getByRole('list', { name: 'Timeline entries' })).toContainText(
    /active, waits for a lock \(relation\) of process \d+ \(psql, idle in transaction\)/,
  );
});

test('SQL that a person stops is cancelled, and the server is asked whether its session is gone', async ({
  app,
  declare,
  pg,
}) => {
  const incident = await declare({ usual: '1s' });
  const { page, wizard, database } = incident;
  await upToSql(incident, `${GOOD_SQL}select pg_sleep(600);\n`);
  await incident.run();
  await pg.untilActive(database, 'pg_sleep');
  await expect(page.getByRole('status', { name: 'Slow' })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Control+.');
  await expect(wizard.outcomeOf('Run the SQL')).toContainText('stopped by you', { timeout: 20_000 });
  expect(storedOf(app, 'run.stop-asked')).toMatchObject([{ how: 'interrupt' }]);
  await expect(page.getByRole('region', { name: 'Post-condition' })).toContainText(
    'No session of the rollback is left on the server.',
  );
  const findings = storedOf(app, 'proof.evaluated').flatMap((proof) => proof['findings']);
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'session-over', met: true }));
  const sessions = "select count(*) from pg_stat_activity where application_name like 'rollbook%'";
  // The session on the server ends a moment after its client.
  await expect.poll(() => pg.sql(database, sessions)).toBe('0');
  expect(await incident.looks()).toEqual(BEFORE);
});
