import { readCall, SUPABASE } from '../grammar/grammar.ts';
import { has, mayHoldFlags } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';
import { psqlValue } from '../psql.ts';

export const destructiveCommand: Rule = {
  name: 'destructive-command',
  severity: 'error',
  about: 'A Supabase command that sounds like one step back but empties the database.',
  bad: [
    'supabase migration down --linked',
    'supabase migration down',
    'supabase db reset --linked',
    'supabase db reset --remote=abcdefghijklmnopqrst --yes',
  ],
  good: [
    'supabase db reset',
    'supabase db reset --local',
    'supabase migration down --local',
    'supabase migration up --linked',
  ],
  check: eachCall((call) => {
    if (call.tool !== 'supabase') return null;
    const { path } = readCall(call, SUPABASE);
    const down = path === 'migration down' && !has(call, ['--local', '--help', '-h']);
    const reset = path === 'db reset' && has(call, ['--linked', '--remote', '--db-url']);
    if (!down && !reset) return null;
    return {
      at: call,
      message: `supabase ${path} drops every table of the user's schemas and replays the migrations: all data is lost.`,
      fix: 'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 --single-transaction -f ROLLBACK.sql\nsupabase migration repair VERSION --status reverted --linked   # version 3: --remote=REF --yes',
      source: 'supabase/cli internal/migration/down/down.go',
    };
  }),
};

/** Commands that use the linked project by default in version 2, and the local database in version 3. */
const DIFFERENT = new Set(['migration list', 'migration repair', 'migration fetch', 'db dump', 'db push', 'db pull']);

export const localOrRemote: Rule = {
  name: 'local-or-remote',
  severity: 'warning',
  about: 'A Supabase command that uses the linked project in version 2 and the local database in version 3.',
  bad: ['supabase db dump -f schema.sql', 'supabase migrations list', 'supabase db push'],
  good: [
    'supabase db dump --linked -f schema.sql',
    'supabase migration list --remote=abcdefghijklmnopqrst',
    'supabase db push --db-url "$DATABASE_URL"',
    'supabase migration up',
    'supabase backups list',
  ],
  check: eachCall((call) => {
    if (
      call.tool !== 'supabase' ||
      mayHoldFlags(call) ||
      has(call, ['--linked', '--remote', '--local', '--db-url', '--project-ref', '--help', '-h'])
    )
      return null;
    const { path } = readCall(call, SUPABASE);
    if (!DIFFERENT.has(path)) return null;
    return {
      at: call,
      message: `supabase ${path} uses the linked project in version 2 and the local database in version 3.`,
      fix: `${call.text} --linked   # version 3: --remote=REF`,
      source: 'https://supabase.com/docs/guides/local-development/cli/migrating-to-v3',
    };
  }),
};

export const dumpWithoutData: Rule = {
  name: 'dump-without-data',
  severity: 'note',
  about: 'supabase db dump writes the schema without any data, and needs Docker.',
  bad: ['supabase db dump --linked -f before.sql'],
  good: [
    'supabase db dump --linked --data-only --use-copy -f data.sql',
    'pg_dump "$DATABASE_URL" -Fc -f before.dump',
    'supabase db dump --linked --dry-run',
  ],
  check: eachCall((call) => {
    if (call.tool !== 'supabase' || mayHoldFlags(call) || readCall(call, SUPABASE).path !== 'db dump') return null;
    if (has(call, ['--data-only', '--role-only', '--dry-run', '--help', '-h'])) return null;
    return {
      at: call,
      message: 'supabase db dump writes the schema only, no rows, and needs Docker.',
      fix: 'pg_dump "$DATABASE_URL" -Fc -f "$DUMP_FILE"',
      source: 'supabase/cli internal/db/dump/dump.go',
    };
  }),
};

export const rollbackInMigrations: Rule = {
  name: 'rollback-in-migrations',
  severity: 'warning',
  about: 'Rollback SQL in supabase/migrations, which the CLI treats as a migration of the same version.',
  bad: [
    'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f supabase/migrations/20250101000000_carts.rollback.sql',
    'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f supabase/migrations/20250101000000_down.sql',
  ],
  good: [
    'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f rollbacks/20250101000000_carts.sql',
    'cat supabase/migrations/20250101000000_carts.sql',
  ],
  check: eachCall((call) => {
    const file = call.args.find(({ text }) =>
      /\bsupabase\/migrations\/(?:(?!supabase\/migrations\/).)*[._-](?:rollback|down|undo|revert)\.sql\b/.test(text),
    );
    if (file === undefined) return null;
    return {
      at: file,
      message:
        'The file name matches the pattern for migrations: the CLI treats it as a migration of the same version.',
      fix: 'Keep such files outside supabase/migrations, for example in rollbacks/.',
      source: 'supabase/cli pkg/migration/file.go',
    };
  }),
};

const AS_TABLE = /\b(?:from|join|into|update|table)\s+(?:only\s+)?"?supabase_migrations"?(?!["\w]*\s*\.)/i;
const NO_COLUMN: readonly RegExp[] = [/\bsupabase_migrations\b/i, /\binserted_at\b/i];

export const wrongTable: Rule = {
  name: 'wrong-table',
  severity: 'error',
  about:
    'supabase_migrations is a schema; its table is schema_migrations, with the columns version, statements and name.',
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
    // With a second table in the statement, the column may belong to that one.
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
