import { adviceFor, readCall } from '../grammar/grammar.ts';
import { grammarOf } from '../grammar/known.ts';
import { eachCall, type Rule } from '../rule.ts';

export const unknownSubcommand: Rule = {
  name: 'unknown-subcommand',
  severity: 'error',
  about: 'A command that the tool does not have.',
  bad: [
    'fly releases rollback v9 -a shop',
    'supabase db migrations list',
    'supabase db restore 42',
    'fly -a shop releases rollback',
    'npx supabase db list-backups',
    'fly secrets rotate -a shop',
  ],
  good: [
    'fly releases -a shop --json',
    'supabase migrations list --linked',
    'fly incidents list',
    'supabase db query --linked "select 1"',
    'fly "$WHAT" -a shop',
  ],
  check: eachCall((call) => {
    const grammar = grammarOf(call);
    if (grammar === null) return null;
    const { path, unknown } = readCall(call, grammar);
    if (unknown === null) return null;
    const known = adviceFor(call, grammar);
    if (known !== null)
      return {
        at: unknown,
        ...known.advice,
        message: `There is no "${grammar.tool} ${known.written}": ${known.advice.message}`,
      };
    const group = path.slice(0, Math.max(0, path.lastIndexOf(' ')));
    const bare = grammar.groups[group]?.length === 0;
    const message = bare
      ? `"${grammar.tool} ${group}" takes no words, but "${unknown.value}" stands behind it.`
      : `There is no "${grammar.tool} ${path}"; it may print its help and still end with 0.`;
    return { at: unknown, message, source: grammar.versions };
  }),
};
