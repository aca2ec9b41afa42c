import { grammarOf, readCall, subcommandWords } from '../grammar/grammar.ts';
import { has, mayHoldFlags } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';

export const printsHelpOnly: Rule = {
  name: 'prints-help-only',
  severity: 'error',
  about: 'A command group without a subcommand: it prints its help, exits with 0 and does nothing.',
  bad: ['fly secrets -a shop', 'supabase db', 'supabase migration --linked', 'fly apps'],
  good: [
    'fly releases -a shop',
    'fly secrets list -a shop',
    'fly secrets --help',
    'supabase "$WHAT"',
    'fly logs --no-tail',
  ],
  check: eachCall((call) => {
    const grammar = grammarOf(call);
    if (grammar === null || mayHoldFlags(call) || has(call, ['--help', '-h', '--version', '-v'])) return null;
    const { path, unknown } = readCall(call, grammar);
    const words = subcommandWords(call, grammar);
    const inGroup = path !== '' && (grammar.groups[path]?.length ?? 0) > 0;
    if (unknown !== null || !inGroup || words.length !== path.split(' ').length) return null;
    return {
      at: call,
      message: `"${grammar.tool} ${path}" is a command group: by itself it prints its help and exits with 0.`,
      fix: `Add one of its subcommands: ${grammar.groups[path]?.slice(0, 6).join(', ')}.`,
      source: grammar.versions,
    };
  }),
};
