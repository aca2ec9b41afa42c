import { adviceFor, readCall } from '../grammar/grammar.ts';
import { grammarOf } from '../grammar/known.ts';
import { type Edit, eachCall, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

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
    if (known !== null) {
      const { instead, ...told } = known.advice;
      return {
        at: unknown,
        ...told,
        edits: instead === undefined ? [] : renamed(call, known.written, instead),
        message: `There is no "${grammar.tool} ${known.written}": ${known.advice.message}`,
      };
    }
    const group = path.slice(0, Math.max(0, path.lastIndexOf(' ')));
    const bare = grammar.groups[group]?.length === 0;
    const message = bare
      ? `"${grammar.tool} ${group}" takes no words, but "${unknown.value}" stands behind it.`
      : `There is no "${grammar.tool} ${path}"; it may print its help and still end with 0.`;
    return { at: unknown, message, source: grammar.versions };
  }),
};

/** The words that name the command, when they stand together, replaced by those of the one that exists. */
function renamed(call: Call, written: string, instead: string): readonly Edit[] {
  const at = call.text.indexOf(written);
  return at < 0 ? [] : [{ pos: call.pos + at, end: call.pos + at + written.length, text: instead }];
}
