import { readCall, SUPABASE } from '../grammar/grammar.ts';
import { has, mayHoldFlags } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';

/** Linked project by default in version 2, the database on this machine in version 3. */
const DIFFERENT = new Set(['migration list', 'migration repair', 'migration fetch', 'db dump', 'db push', 'db pull']);

export const localOrRemote: Rule = {
  name: 'local-or-remote',
  severity: 'warning',
  about: 'A Supabase command that means the linked project in version 2 and this machine in version 3.',
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
      message: `supabase ${path} means the linked project in version 2 and the database on this machine in version 3.`,
      fix: `${call.text} --linked   # version 3: --remote=REF`,
      source: 'https://supabase.com/docs/guides/local-development/cli/migrating-to-v3',
    };
  }),
};
