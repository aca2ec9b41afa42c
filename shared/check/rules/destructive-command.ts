import { readCall, SUPABASE } from '../grammar/grammar.ts';
import { has } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';

export const destructiveCommand: Rule = {
  name: 'destructive-command',
  severity: 'error',
  about: 'A Supabase command that sounds like one step back and empties the database.',
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
