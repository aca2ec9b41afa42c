import { readCall, SUPABASE } from '../grammar/grammar.ts';
import { has, mayHoldFlags } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';

export const dumpWithoutData: Rule = {
  name: 'dump-without-data',
  severity: 'note',
  about: 'supabase db dump writes the schema without a single row, and needs Docker.',
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
