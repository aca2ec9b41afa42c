import { databasesNamed, isDatabaseClient } from '../../platforms/postgres/client-arguments.ts';
import { eachCall, type Rule } from '../rule.ts';

/** A variable whose name says it is a database address, or an address with a password. */
const HOLDS_PASSWORD =
  /\$\{?(?:\w{0,60}_)?(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|SUPABASE)(?:_\w{1,60})?_?(?:URL|URI|DSN)\b|^postgres(?:ql)?:\/\/[^/@:]*:[^/@]+@|\bpassword\s*=/i;

export const passwordInArguments: Rule = {
  name: 'password-in-arguments',
  severity: 'note',
  about: 'An address given to psql, pg_dump or pg_restore as an argument shows its password in the process list.',
  bad: [
    'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 -f fix.sql',
    'pg_dump -Fc -f before.dump -d "$STAGING_DB_URL"',
    'pg_restore --dbname="${SCRATCH_DATABASE_URL}" before.dump',
    'psql postgresql://ann:tide@db.example.com/shop -X -c "select 1"',
  ],
  good: [
    'psql -X -v ON_ERROR_STOP=1 -f fix.sql',
    'pg_restore -l "$DATABASE_DUMP"',
    'psql -X -d shop -c "select 1"',
    'echo "psql $DATABASE_URL"',
  ],
  check: eachCall((call) => {
    if (!isDatabaseClient(call.tool)) return null;
    const words = call.args.map(({ value }) => value);
    const found = databasesNamed(call.tool, words).find(({ value }) => HOLDS_PASSWORD.test(value));
    const at = found && call.args[found.index];
    if (found === undefined || at === undefined) return null;
    const name = /^\$\{?(\w+)\}?$/.exec(found.value)?.[1] ?? 'NAME';
    // A separate -d or --dbname before it is removed too.
    const before = call.args[found.index - 1];
    const from = before !== undefined && /^(?:-\w*d|--dbname)$/.test(before.value) ? before : at;
    const rest = call.text.slice(0, from.pos - call.pos) + call.text.slice(at.end - call.pos);
    return {
      at,
      message: `${call.tool} gets the whole address as an argument: everybody on this machine can read its password in the process list.`,
      fix: `${rest.replaceAll(/ {2,}/g, ' ').trim()}   # and db=${name} after \`\`\`bash: its parts go into PG* variables`,
      source: 'PostgreSQL 15 manual, 34.15 Environment Variables; rule 9',
    };
  }),
};
