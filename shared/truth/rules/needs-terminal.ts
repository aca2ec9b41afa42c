import { has } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';

/** Commands that open a browser or ask, and refuse or wait without a terminal. */
const INTERACTIVE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  fly: [
    ['auth', 'login'],
    ['auth', 'signup'],
  ],
  supabase: [['login']],
};

export const needsTerminal: Rule = {
  name: 'needs-terminal',
  severity: 'note',
  about: 'A login that needs a terminal and a browser: a person does it, no step can.',
  bad: ['fly auth login', 'supabase login'],
  good: ['fly auth whoami --json', 'supabase login --token "$TOKEN"', 'fly auth login --help'],
  check: eachCall((call) => {
    const commands = INTERACTIVE[call.tool] ?? [];
    const words = call.args.filter(({ value }) => !value.startsWith('-')).map(({ value }) => value);
    if (
      !commands.some((path) => path.every((word, index) => words[index] === word)) ||
      has(call, ['--token', '--help', '-h'])
    )
      return null;
    const name = `${call.tool} ${words.join(' ')}`;
    return {
      at: call,
      message: `${name} needs a real terminal and a browser, and waits for the person.`,
      fix:
        call.tool === 'fly'
          ? 'Check the login beforehand with "fly auth whoami --json"; log in by hand in a terminal, or set FLY_API_TOKEN.'
          : 'Log in by hand in a terminal, or set SUPABASE_ACCESS_TOKEN.',
      source:
        call.tool === 'fly'
          ? 'flyctl v0.4.87 internal/command/auth/webauth'
          : 'Supabase CLI reference, supabase login: opens a browser unless --token is given',
    };
  }),
};
