/** Which programs open a prompt, an editor or a browser, and therefore need a person at a terminal. */
import { innerCommand } from '../effects/inner-command.ts';
import { has, mayHoldFlags } from './options.ts';
import type { Call } from './script.ts';

interface Need {
  readonly what: string;
  readonly fix: string;
  readonly source: string;
  /** People type the next lines of the runbook into it. */
  readonly opensPrompt?: true;
}

type Look = (call: Call) => Need | null;

const LOGIN = 'a terminal and a browser, and waits for a person';
const SHELL = 'a terminal: it opens a prompt and waits for input';
const EDITOR = 'a terminal: it opens an editor';
const SCREEN = 'a terminal: it fills the screen until a person leaves it';

const prompt = (fix: string, source: string): Need => ({ what: SHELL, fix, source, opensPrompt: true });

const isFed = (call: Call): boolean => call.redirectsInput || call.piped || mayHoldFlags(call);

/** A client that opens a prompt unless one of these flags gives it something to run. */
const client =
  (flags: readonly string[], fix: string, source: string, words = 1_000): Look =>
  (call) =>
    isFed(call) || has(call, flags) || wordsOf(call).length > words ? null : prompt(fix, source);

/** Opens a shell on another machine, or as another user, unless it has a command. */
const shell =
  (fix: string, source: string): Look =>
  (call) =>
    isFed(call) || hasInner(call) ? null : prompt(fix, source);

const always =
  (what: string, fix: string, source: string): Look =>
  (call) =>
    call.piped ? null : { what, fix, source };

/** The words of an inner command are not among those of the call around it. */
const hasInner = (call: Call): boolean =>
  innerCommand([call.tool, ...call.args.map(({ value }) => value)]) !== null ||
  call.text.slice((call.args.at(-1)?.end ?? call.pos) - call.pos).trim() !== '';

const editor = always(
  EDITOR,
  'Edit it by hand in a terminal, or make the change with sed, yq or a patch.',
  'its manual',
);
const screen = (fix: string): Look => always(SCREEN, fix, 'its manual');

const REMOTE_SHELL = shell('Give it the command: ssh HOST COMMAND.', 'ssh(1)');
const POD_SHELL = shell('Give it the command: oc rsh POD COMMAND.', 'OpenShift CLI reference, oc rsh');
const NODE_SHELL = shell('Give it the command: oc debug node/NAME -- COMMAND.', 'OpenShift CLI reference, oc debug');

const kube =
  (tool: 'kubectl' | 'oc'): Look =>
  (call) => {
    const source = 'Kubernetes documentation, kubectl exec';
    const own = wordsOf(call);
    if (tool === 'oc' && own.includes('rsh')) return POD_SHELL(call);
    if (tool === 'oc' && own.includes('debug')) return NODE_SHELL(call);
    if (own[0] === 'edit' || (own[1] === 'edit' && has(call, ['-n', '--namespace'])))
      return {
        what: EDITOR,
        fix: `Write the change down: ${tool} patch or ${tool} apply.`,
        source: 'kubectl edit --help',
      };
    return withTerminal(call, source);
  };

const STARTS = new Set(['exec', 'run']);

function withTerminal(call: Call, source: string): Need | null {
  const words = call.args.map(({ value }) => value);
  const at = words.findIndex((word) => STARTS.has(word));
  const own = words.slice(at + 1, words.includes('--') ? words.indexOf('--') : undefined);
  if (at < 0 || !own.some((word) => /^-(?:t|it|ti)$|^--tty$/.test(word))) return null;
  const fix = 'Remove -t, and give it a command that exits by itself.';
  const opens = /\s(?:\S*\/)?(?:ba|z|da|a|k)?sh\s*$/.test(call.text);
  return { what: 'a terminal, because of -t', fix, source, ...(opens ? { opensPrompt: true } : {}) };
}

/** By tool. */
export const INTERACTIVE: Readonly<Record<string, Look>> = {
  fly: (call) => {
    if (begins(call, 'auth login') || begins(call, 'auth signup'))
      return {
        what: LOGIN,
        fix: 'Check the login beforehand with "fly auth whoami --json"; log in by hand in a terminal, or set FLY_API_TOKEN.',
        source: 'flyctl v0.4.87 internal/command/auth/webauth',
      };
    if (begins(call, 'ssh console') && !has(call, ['-C', '--command']))
      return prompt('Give it the command: fly ssh console -C "COMMAND".', 'fly ssh console --help');
    if ((begins(call, 'postgres connect') || begins(call, 'pg connect')) && !call.redirectsInput && !call.piped)
      return prompt(
        'Run psql with -c or -f over "fly proxy", or do it by hand in a terminal.',
        'fly postgres connect --help',
      );
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
    call.args.some(({ value }) => /^-\w*[cfl]/.test(value))
      ? null
      : client(
          ['-c', '--command', '-f', '--file', '-l', '--list', '-V', '--version', '-?'],
          'Give it something to run: -c "SQL" or -f FILE.',
          'psql manual',
        )(call),
  mysql: client(
    ['-e', '--execute', '-V', '--version', '-?'],
    'Give it something to run: -e "SQL".',
    'MySQL manual, mysql',
  ),
  mariadb: client(
    ['-e', '--execute', '-V', '--version', '-?'],
    'Give it something to run: -e "SQL".',
    'mariadb manual',
  ),
  mongosh: client(
    ['--eval', '--version', '-f', '--file'],
    'Give it something to run: --eval "CODE".',
    'mongosh manual',
    1,
  ),
  ssh: (call) => (has(call, ['-N', '-f', '-V', '-O', '-G', '-Q', '-W']) ? null : REMOTE_SHELL(call)),
  sudo: shell('Write sudo in front of each command.', 'sudo(8), -i and -s'),
  su: shell('Give it the command: su USER -c "COMMAND", or sudo -u USER COMMAND.', 'su(1)'),
  kubectl: kube('kubectl'),
  oc: kube('oc'),
  docker: (call) => withTerminal(call, 'Docker documentation, docker exec --tty'),
  podman: (call) => withTerminal(call, 'Docker documentation, docker exec --tty'),
  vi: editor,
  vim: editor,
  nvim: editor,
  nano: editor,
  emacs: editor,
  visudo: editor,
  crontab: (call) => (has(call, ['-e']) ? editor(call) : null),
  less: screen('Print it with cat, or only its end with tail -n 200.'),
  htop: screen('Take one picture of it: top -b -n 1.'),
  top: (call) =>
    has(call, ['-b', '-n', '-l']) || flagsOf(call).some((flag) => /^-\w*b/.test(flag))
      ? null
      : screen('Take one picture of it: top -b -n 1.')(call),
};

const flagsOf = ({ args }: Call): readonly string[] =>
  args.map(({ value }) => value).filter((value) => value.startsWith('-'));

export const wordsOf = ({ args }: Call): readonly string[] =>
  args.map(({ value }) => value).filter((value) => !value.startsWith('-'));

const begins = (call: Call, path: string): boolean => `${wordsOf(call).join(' ')} `.startsWith(`${path} `);

const NAMED: Readonly<Record<string, string>> = {
  psql: 'psql without -c or -f',
  mysql: 'mysql without -e',
  mariadb: 'mariadb without -e',
  mongosh: 'mongosh without --eval',
  ssh: 'ssh without a command',
  su: 'su without a command',
};

/** What to call it in a sentence. */
export function nameOf(call: Call): string {
  const named = NAMED[call.tool];
  if (named !== undefined) return named;
  if (call.tool === 'sudo') return [call.tool, ...flagsOf(call)].join(' ');
  // The words before it may be values of flags: `kubectl -n apps exec`.
  const starts = call.args.find(({ value }) => STARTS.has(value) || value === 'rsh' || value === 'debug');
  if (starts !== undefined && call.tool !== 'fly') return `${call.tool} ${starts.value}`;
  if (!/^(?:fly|supabase|kubectl|oc|docker|podman)$/.test(call.tool)) return call.tool;
  return [call.tool, ...wordsOf(call).slice(0, call.tool === 'fly' ? 2 : 1)].join(' ');
}
