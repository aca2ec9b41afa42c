import { psqlValue } from '../psql.ts';
import { eachCall, type Rule } from '../rule.ts';

const AS_TABLE = /\b(?:from|join|into|update|table)\s+(?:only\s+)?"?supabase_migrations"?(?!["\w]*\s*\.)/i;
const NO_COLUMN: readonly RegExp[] = [/\bsupabase_migrations\b/i, /\binserted_at\b/i];

export const wrongTable: Rule = {
  name: 'wrong-table',
  severity: 'error',
  about: 'supabase_migrations is a schema; its table is schema_migrations, with version, statements and name.',
  bad: [
    'psql "$DATABASE_URL" -Atc "select * from supabase_migrations"',
    'psql "$DATABASE_URL" -c "select * from supabase_migrations"',
    'psql "$DATABASE_URL" -c "select * from supabase_migrations.schema_migrations order by inserted_at"',
  ],
  good: [
    'psql "$DATABASE_URL" -c "select version from supabase_migrations.schema_migrations"',
    'psql "$DATABASE_URL" -c \'\\dt supabase_migrations.*\'',
  ],
  check: eachCall((call) => {
    const sql = call.tool === 'psql' ? psqlValue(call, 'c') : null;
    if (sql === null) return null;
    const table = AS_TABLE.test(sql);
    // With a second table in the statement the column may be that one's.
    if (!table && !(NO_COLUMN.every((words) => words.test(sql)) && !/\bjoin\b|,\s*\w+\s+(?:where|order)/i.test(sql)))
      return null;
    return {
      at: call,
      message: table
        ? 'supabase_migrations is a schema, not a table.'
        : 'supabase_migrations.schema_migrations has no column inserted_at.',
      fix: 'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 -At -c "select version, coalesce(name, \'\') from supabase_migrations.schema_migrations order by version desc limit 5"',
      source: 'supabase/cli pkg/migration/history.go',
    };
  }),
};
