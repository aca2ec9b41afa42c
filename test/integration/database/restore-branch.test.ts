/** When the SQL deleted too much, Rollbook's dump is restored by a real pg_restore. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { branchOf, offeredBranches } from '#shared/incident/branches.ts';
import { stepState } from '#shared/incident/state.ts';
import { type DatabaseStory, databaseStory, prepare, runSql } from '../../fixtures/database-story.ts';
import { BAD, looks } from '../../fixtures/hotdash-database.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { send, take } from '../../fixtures/steering.ts';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';

const found = findPostgres();
const missing = 'missing' in found ? found.missing : null;

const ISSUE = `
## Issue: the database lost rows

**Symptoms**: The SQL took more rows than it should
**Risk**: What was written to the table since the dump is lost

Put the table back as it was dumped:
\`\`\`bash effect=change exit=0 reject=error: db=DATABASE_URL
pg_restore --exit-on-error --single-transaction --data-only -t approvals -d '' "$DUMP_FILE"
\`\`\`
\`\`\`bash proof timeout=20s expect=^25$ db=DATABASE_URL
psql -X -v ON_ERROR_STOP=1 -At -c "select count(*) from public.approvals"
\`\`\`
`;

/** Undoes the migration, and also deletes all approvals, in code that the review does not see. */
const TOO_MUCH = `-- rollbook: migration ${BAD}
-- rollbook: exists public.approvals
alter table public.approvals alter column title drop not null;
drop table public.agent_approvals;
do $$ begin delete from public.approvals; end $$;
`;

describe('a table put back from the dump', skippedFor(missing), () => {
  let pg: Postgres;
  beforeAll(async () => {
    if ('bin' in found) pg = await startPostgres(found.bin);
  }, 60_000);
  afterAll(() => pg.stop());

  const branchIn = ({ incident }: DatabaseStory) => {
    const branch = branchOf(incident.context.runbook, incident.context.runbook.issues?.[0]?.branches[0]?.id ?? '');
    if (branch === undefined) throw new Error('the runbook has no branch');
    return branch;
  };
  const restore = (story: DatabaseStory) => {
    const branch = branchIn(story);
    return { kind: 'run-change', stepId: branch.id, commandId: branch.commands[0]?.id ?? '' } as const;
  };

  /** Takes the restore branch of the failed step, with this dump. */
  async function taken(dumpFile: (path: string) => string) {
    const story = await databaseStory(pg, { more: ISSUE });
    const { incident, step, database } = story;
    const { eventLog, runbook } = incident.context;
    await prepare(story, TOO_MUCH);
    await take(incident, runSql(story));
    const failed = step('run-rollback-sql');
    expect(stepState(eventLog.state, failed.id)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('public.approvals: 25 rows, now 0') as string,
    });
    expect(await looks(pg, database)).toMatchObject({ approvals: 0, agent: false });
    const branch = branchIn(story);
    expect(offeredBranches(eventLog.state, runbook, failed).map((offered) => offered.branch.id)).toContain(branch.id);
    await take(incident, { kind: 'take-branch', stepId: failed.id, branchId: branch.id });
    const path = dumpFile(eventLog.state.database.dump?.path ?? '');
    await take(incident, { kind: 'give-values', stepId: branch.id, values: { DUMP_FILE: path } });
    await take(incident, restore(story));
    return { story, branch, failed, outcome: (id: string) => stepState(eventLog.state, id) };
  }

  it('is proven by its rows, and with them the rollback itself', async () => {
    const { story, branch, failed, outcome } = await taken((path) => path);
    expect(outcome(branch.id).outcome).toBe('verified');
    expect(await looks(pg, story.database)).toMatchObject({ approvals: 25, agent: false });
    // The failed step is checked again: history, catalog and rows are as they should be.
    await take(story.incident, { kind: 'check-proof', stepId: failed.id });
    expect(outcome(failed.id).outcome).toBe('verified');
    expect(story.calls()).toContain('--data-only');
    expect(story.calls()).not.toContain(pg.password);
    expect(story.calls()).not.toContain(encodeURIComponent(pg.password));
  });

  it('fails on a dump that cannot be read, and changes nothing', async () => {
    const { story, branch, failed, outcome } = await taken((path) => path.replace('.dump', '-gone.dump'));
    expect(outcome(branch.id).outcome).toBe('failed');
    expect(outcome(failed.id).outcome).toBe('failed');
    expect(await looks(pg, story.database)).toMatchObject({ approvals: 0 });
  });

  it('is refused while nobody has confirmed which database it is', async () => {
    const story = await databaseStory(pg, { more: ISSUE });
    const { incident } = story;
    await take(incident, { kind: 'record-approval', who: 'Mo', role: 'Manager', how: 'verbal', words: 'Do it.' });
    await expect(send(incident, restore(story))).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('Nobody has confirmed yet which database') as string,
    });
    expect(story.calls()).not.toContain('--data-only');
  });
});
