import { has, mayHoldFlags } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

interface Need {
  readonly what: string;
  readonly fix: string;
  readonly source: string;
}

const LOGIN = 'a terminal and a browser, and waits for a person';
const SHELL = 'a terminal: it opens a prompt and waits for input';

/** By tool: the calls that open a browser or a prompt, and fail or wait without a terminal. */
const NEEDS: Readonly<Record<string, (call: Call) => Need | null>> = {
  fly: (call) => {
    if (begins(call, 'auth login') || begins(call, 'auth signup'))
      return {
        what: LOGIN,
        fix: 'Check the login beforehand with "fly auth whoami --json"; log in by hand in a terminal, or set FLY_API_TOKEN.',
        source: 'flyctl v0.4.87 internal/command/auth/webauth',
      };
    if (begins(call, 'ssh console') && !has(call, ['-C', '--command']))
      return {
        what: SHELL,
        fix: 'Give it the command: fly ssh console -C "COMMAND".',
        source: 'fly ssh console --help',
      };
    if ((begins(call, 'postgres connect') || begins(call, 'pg connect')) && !call.redirectsInput && !call.piped)
      return {
        what: SHELL,
        fix: 'Run psql with -c or -f over "fly proxy", or do it by hand in a terminal.',
        source: 'fly postgres connect --help',
      };
    return null;
  },
  supabase: (call) =>
    begins(call, 'login') && !has(call, ['--token'])
      ? {
          what: LOGIN,
          fix: 'Log in by hand in a terminal, or set SUPABASE_ACCESS_TOKEN.',
          source: 'Supabase CLI reference, supabase login: opens a browser unless --token is given',
        }
      : null,
  psql: (call) =>
    call.redirectsInput ||
    call.piped ||
    mayHoldFlags(call) ||
    has(call, ['-c', '--command', '-f', '--file', '-l', '--list', '-V', '--version', '-?']) ||
    call.args.some(({ value }) => /^-\w*[cfl]/.test(value))
      ? null
      : { what: SHELL, fix: 'Give it something to run: -c "SQL" or -f FILE.', source: 'psql manual' },
  kubectl: (call) => withTerminal(call, 'Kubernetes documentation, kubectl exec'),
  oc: (call) => withTerminal(call, 'Kubernetes documentation, kubectl exec'),
  docker: (call) => withTerminal(call, 'Docker documentation, docker exec --tty'),
  podman: (call) => withTerminal(call, 'Docker documentation, docker exec --tty'),
};

const STARTS = new Set(['exec', 'run']);

function withTerminal(call: Call, source: string): Need | null {
  const words = call.args.map(({ value }) => value);
  const at = words.findIndex((word) => STARTS.has(word));
  const own = words.slice(at + 1, words.includes('--') ? words.indexOf('--') : undefined);
  return at >= 0 && own.some((word) => /^-(?:t|it|ti)$|^--tty$/.test(word))
    ? { what: 'a terminal, because of -t', fix: 'Remove -t, and give it a command that exits by itself.', source }
    : null;
}

export const needsTerminal: Rule = {
  name: 'needs-terminal',
  severity: 'note',
  about: 'A login or a prompt that needs a terminal: a person has to do it by hand.',
  bad: [
    'fly auth login',
    'supabase login',
    'fly ssh console -a shop',
    'psql "$DATABASE_URL"',
    'kubectl exec -it deploy/shop -- sh',
    'kubectl -n apps exec -it deploy/shop -- sh',
    'docker exec -it shop-db bash',
  ],
  good: [
    'fly auth whoami --json',
    'supabase login --token "$TOKEN"',
    'fly auth login --help',
    'fly ssh console -a shop -C "date"',
    'psql "$DATABASE_URL" -X -c "select 1"',
    'psql "$DATABASE_URL" -AtXc "select 1"',
    'psql "$DATABASE_URL" < report.sql',
    'kubectl exec deploy/shop -- date',
    'docker exec shop-db psql -X -tc "select 1"',
  ],
  check: eachCall((call) => {
    const need = has(call, ['--help', '-h']) && call.tool !== 'psql' ? null : NEEDS[call.tool]?.(call);
    if (need == null || has(call, ['--help'])) return null;
    const { what, fix, source } = need;
    return { at: call, message: `${nameOf(call)} needs ${what}.`, fix, source };
  }),
};

const wordsOf = ({ args }: Call): readonly string[] =>
  args.map(({ value }) => value).filter((value) => !value.startsWith('-'));

const begins = (call: Call, path: string): boolean => `${wordsOf(call).join(' ')} `.startsWith(`${path} `);

function nameOf(call: Call): string {
  if (call.tool === 'psql') return 'psql without -c or -f';
  // The words before it may be values of flags: `kubectl -n apps exec`.
  const starts = call.args.find(({ value }) => STARTS.has(value));
  if (starts !== undefined && call.tool !== 'fly') return `${call.tool} ${starts.value}`;
  return [call.tool, ...wordsOf(call).slice(0, call.tool === 'fly' ? 2 : 1)].join(' ');
}
