import { describe, expect, it } from 'vitest';
import { sqlFacts } from '#shared/platforms/postgres/sql-tables.ts';

describe('the tables of a rollback file', () => {
  it('are found in its statements', () => {
    expect(
      sqlFacts(`drop table if exists public.Agent_Approvals, "Odd ""one" cascade;
        alter table only approvals drop column agent_id;
        create table if not exists audit.entries (id int);
        delete from operators where id > 4;
        truncate table only queue, public.jobs;
        alter table old_name rename to new_name;
        delete from supabase_migrations.schema_migrations where version = '1';`),
    ).toEqual({
      affected: [
        'audit.entries',
        'public.Odd "one',
        'public.agent_approvals',
        'public.approvals',
        'public.jobs',
        'public.new_name',
        'public.old_name',
        'public.operators',
        'public.queue',
      ],
      rows: ['public.jobs', 'public.operators', 'public.queue'],
      gone: ['public.Odd "one', 'public.agent_approvals', 'public.old_name'],
      exists: ['audit.entries', 'public.new_name'],
      migration: null,
      opaque: false,
    });
  });

  it('are taken from what the file declares, and the last word counts', () => {
    const facts = sqlFacts(`-- rollbook: migration 20251011150400
      -- rollbook: exists approvals, audit.entries
      -- rollbook: affects public.jobs
      do $$ begin execute 'drop table x'; end $$;
      drop table t; create table t (id int);`);
    expect(facts).toMatchObject({
      migration: '20251011150400',
      exists: ['audit.entries', 'public.approvals', 'public.t'],
      gone: [],
      rows: ['public.jobs'],
      opaque: true,
    });
  });

  it('are not looked for in strings and comments', () => {
    expect(sqlFacts(`select 'x; drop table a'; /* ; drop table b */ -- drop table c\n`).affected).toEqual([]);
  });
});
