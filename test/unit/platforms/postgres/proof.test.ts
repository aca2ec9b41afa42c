import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainDatabaseFailure } from '#shared/platforms/postgres/errors.ts';
import { type DatabaseExpectation, type DatabaseReading, judgeDatabase } from '#shared/platforms/postgres/proof.ts';
import { dumpArguments, queryOf, rollbackArguments, tablesInDump } from '#shared/platforms/postgres/queries.ts';

const GOOD: DatabaseReading = {
  history: [{ version: '1', name: 'start' }],
  catalogue: ['public.approvals', 'public.operators'],
  counts: { 'public.approvals': 25, 'public.operators': 4 },
  left: 0,
};
const EXPECTED: DatabaseExpectation = {
  version: '2',
  facts: { gone: ['public.agents'], exists: ['public.approvals'], rows: [] },
  before: { 'public.agents': 7, 'public.approvals': 25, 'public.operators': 4 },
};
const unmet = (reading: Partial<DatabaseReading>, expected: Partial<DatabaseExpectation> = {}): readonly string[] =>
  judgeDatabase({ ...GOOD, ...reading }, { ...EXPECTED, ...expected })
    .findings.filter(({ met }) => !met)
    .map(({ rule }) => rule);

describe('the post-condition of a database rollback', () => {
  it('is met when history, catalogue and rows are right and no session is left', () => {
    expect(unmet({})).toEqual([]);
    expect(judgeDatabase(GOOD, EXPECTED).met).toBe(true);
  });

  it('is not met for each thing that is wrong', () => {
    expect(unmet({ left: 1 })).toEqual(['session-over']);
    expect(unmet({ history: [{ version: '2', name: '' }] })).toEqual(['history-row-gone']);
    expect(unmet({ catalogue: ['public.approvals', 'public.agents'] })).toEqual(['catalogue']);
    expect(unmet({ catalogue: [] })).toEqual(['catalogue']);
    expect(unmet({ counts: { 'public.approvals': 24, 'public.operators': 4 } })).toEqual(['counts']);
    expect(unmet({ counts: { 'public.approvals': 25 } })).toEqual(['counts']);
  });

  it('is never vacuous', () => {
    expect(unmet({}, { facts: { gone: [], exists: [], rows: [] } })).toEqual(['catalogue', 'counts']);
    expect(unmet({}, { before: null })).toEqual(['counts']);
    expect(unmet({ counts: null })).toEqual(['counts']);
  });

  it('lets tables grow, and lets those shrink whose rows the file changes', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.boolean(), (before, after, declared) => {
        const facts = { ...EXPECTED.facts, rows: declared ? ['public.operators'] : [] };
        const found = unmet(
          { counts: { 'public.approvals': 25, 'public.operators': after } },
          { facts, before: { 'public.approvals': 25, 'public.operators': before } },
        );
        expect(found).toEqual(after < before && !declared ? ['counts'] : []);
      }),
    );
  });
});

describe('arguments', () => {
  it('put the limits before the file and the history row behind it', () => {
    const args = rollbackArguments('/x/a b.sql', "2'");
    expect(args.filter((_, index) => ['-c', '-f'].includes(args[index - 1] ?? ''))).toEqual([
      "set local lock_timeout = '5s'",
      "set local statement_timeout = '5min'",
      '/x/a b.sql',
      "delete from supabase_migrations.schema_migrations where version = '2'''",
    ]);
  });

  it('quote names of tables exactly', () => {
    expect(dumpArguments(['public.Odd "one'], '/d')).toContain('"public"."Odd ""one"');
    expect(queryOf('counts', ["public.it's"])).toContain(`select 'public.it''s' t, count(*) n from "public"."it's"`);
  });

  it('read back which tables a dump holds', () => {
    const listing = `;\n; Archive created at 2025-10-13\n;\n215; 1259 16386 TABLE public approvals owner\n3351; 0 16386 TABLE DATA public approvals owner\n3352; 0 16400 TABLE DATA public with space owner\n`;
    expect(tablesInDump(listing)).toEqual(['public.approvals', 'public.with space']);
  });
});

describe('failures of psql', () => {
  it.each([
    ['ERROR:  canceling statement due to lock timeout', 'lock-timeout'],
    ['ERROR:  canceling statement due to statement timeout', 'statement-timeout'],
    [
      'psql: error: connection to server at "h" failed: FATAL:  password authentication failed for user "u"',
      'password-wrong',
    ],
    ['psql: error: could not translate host name "h" to address', 'no-connection'],
    ['connection to server at "h" (2a05::1), port 5432 failed: Network is unreachable', 'no-ipv6'],
    ['ERROR:  relation "supabase_migrations.schema_migrations" does not exist', 'no-history'],
    ['psql:/x/rollback.sql:7: ERROR:  column "a" does not exist', 'sql-error'],
  ])('%s', (text, code) => {
    expect(explainDatabaseFailure({ kind: 'code', code: 3 }, '', text)?.code).toBe(code);
  });

  it('says the line of the file', () => {
    const found = explainDatabaseFailure(
      { kind: 'code', code: 3 },
      '',
      'psql:/x/a.sql:7: ERROR:  column "a" is not there',
    );
    expect(found?.sentence).toContain('in line 7 of the file: column "a" is not there');
  });

  it('explains nothing where nothing failed, or nothing is known', () => {
    expect(explainDatabaseFailure({ kind: 'code', code: 0 }, '', 'ERROR:  x')).toBeNull();
    expect(explainDatabaseFailure({ kind: 'lost' }, '', '')).toBeNull();
  });
});
