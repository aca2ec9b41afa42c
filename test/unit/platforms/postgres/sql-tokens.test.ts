import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusals } from '#shared/platforms/postgres/sql-refusals.ts';
import { sqlTokens, statementsOf } from '#shared/platforms/postgres/sql-tokens.ts';

const FORBIDDEN = ['commit', 'ROLLBACK', 'Begin', 'end', 'vacuum', 'abort', 'start transaction', 'prepare transaction'];
const forbidden = fc.constantFrom(...FORBIDDEN);

/** Text that ends no quote of any kind. */
const inner = fc
  .array(fc.constantFrom('a', ' ', ';', '\n', '--', '1', '.', '(', ')', 'ä', ':', '='), { maxLength: 12 })
  .map((parts) => parts.join(''));
const tag = fc.constantFrom('', 'body', '_x1', 'é');

/** The same words where they are no statement. */
const hidden = fc.tuple(inner, forbidden, inner, tag).chain(([before, word, after, name]) => {
  const text = `${before}; ${word}; ${after}`;
  return fc.constantFrom(
    `'${text}'`,
    `'it''s ${text}'`,
    `E'\\' ${text}'`,
    `U&'${text}'`,
    `"${text}"`,
    `"a""${text}"`,
    `$${name}$${text}$${name}$`,
    `$${name}$ $other$ ${text} $other$ $${name}$`,
    `/* ${text.replaceAll('--', '')} */`,
    `/* /* nested */ ${text} */`,
    `-- ${text.replaceAll('\n', ' ')}\n`,
  );
});
const harmless = fc.constantFrom('select 1;', 'update t set a = 1;', 'drop table x;', ' ', '\n', 'select a$b$ from c;');

describe('the SQL scanner', () => {
  it('never takes what is quoted or commented for a statement', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            harmless,
            hidden.map((text) => `select ${text};`),
          ),
          { maxLength: 8 },
        ),
        (parts) => {
          expect(refusals(parts.join(' '))).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('finds every forbidden statement, wherever it stands between others', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            harmless,
            hidden.map((text) => `select ${text};`),
          ),
          { maxLength: 6 },
        ),
        forbidden,
        fc.array(harmless, { maxLength: 4 }),
        fc.constantFrom('', ' ', '\n', '/* c */', '-- c\n', '\t'),
        (before, word, after, gap) => {
          const sql = `${before.join(' ')} ; ${gap}${word.replace(' ', gap === '' ? ' ' : gap)}${gap}; ${after.join(' ')}`;
          // A comment between two words is as good as a space; nothing between them makes one word of them.
          expect(refusals(sql)).toHaveLength(1);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('covers the whole text in order, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (sql) => {
        let reached = 0;
        for (const { start } of sqlTokens(sql)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          reached = start + 1;
        }
        expect(reached).toBeLessThanOrEqual(sql.length);
      }),
    );
  });

  it.each([
    ["select 'a\\'; commit; --'", 'COMMIT'],
    ['select $1; commit', 'COMMIT'],
    ['select a$b$; commit; select c$b$', 'COMMIT'],
    ['/* /* */ commit; */ commit', 'COMMIT'],
    ['select "commit"; end', 'END'],
    ['copy t from stdin;\n1\n\\.', 'COPY FROM STDIN'],
    ['set local lock_timeout = 0', 'SET LOCK_TIMEOUT'],
    ['set statement_timeout to default', 'SET STATEMENT_TIMEOUT'],
    ['reset all', 'RESET ALL'],
    ['set standard_conforming_strings = off', 'SET STANDARD_CONFORMING_STRINGS'],
    ['drop index concurrently i', 'CONCURRENTLY'],
    ['\\connect other', '\\'],
    ["select 'never closed", "'never clo"],
    ['select $$never closed', '$$never cl'],
    ['alter system set fsync = off', 'ALTER SYSTEM'],
    ['create function f() returns int begin atomic; select 1; end', 'BEGIN ATOMIC'],
  ])('refuses %s', (sql, what) => {
    expect(refusals(sql).map((refusal) => refusal.what)).toContain(what);
  });

  it('names the line', () => {
    expect(refusals('select 1;\r\nselect 2;\n  commit;')).toMatchObject([{ line: 3, what: 'COMMIT' }]);
  });

  it('lets a savepoint-free, ordinary file pass', () => {
    const sql = `-- take it back
      alter table approvals drop column agent_id; -- ; commit
      do $do$ begin perform 1; commit; end $do$;
      update t set note = 'rollback; commit' where "end" = 1;`;
    expect(refusals(sql)).toEqual([]);
    expect(statementsOf(sqlTokens(sql))).toHaveLength(3);
  });
});
