/** Options of psql as getopt reads them (psql 15); what a rollback uses of them. */
const WITH_VALUE = 'cdfFhLopPRTUv';
const WITHOUT_VALUE = 'aAbeEHlnqsStVwWxXz01';
const LONG_WITH_VALUE: ReadonlySet<string> = new Set([
  'command',
  'dbname',
  'file',
  'set',
  'variable',
  'host',
  'port',
  'username',
  'output',
  'pset',
]);
const LONG_WITHOUT_VALUE: ReadonlySet<string> = new Set([
  'no-psqlrc',
  'no-align',
  'tuples-only',
  'quiet',
  'single-transaction',
  'no-password',
  'csv',
  'expanded',
  'echo-all',
  'echo-errors',
  'list',
]);
const SHORT_OF: Readonly<Record<string, string>> = {
  command: 'c',
  file: 'f',
  set: 'v',
  variable: 'v',
  'single-transaction': '1',
  quiet: 'q',
  'tuples-only': 't',
};

export interface PsqlOptions {
  readonly kind: 'options';
  readonly commands: readonly string[];
  readonly file: string | null;
  readonly onErrorStop: boolean;
  readonly single: boolean;
  readonly quiet: boolean;
  readonly tuplesOnly: boolean;
}

export function readPsqlOptions(
  args: readonly string[],
): PsqlOptions | { readonly kind: 'error'; readonly message: string } {
  const given: [string, string][] = [];
  const waiting = [...args];
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg.startsWith('--')) {
      const [name = '', value] = arg.slice(2).split(/=(.*)/s);
      const takes = LONG_WITH_VALUE.has(name);
      if (!takes && !LONG_WITHOUT_VALUE.has(name)) return { kind: 'error', message: `unrecognized option '${arg}'` };
      const got = takes ? (value ?? waiting.shift()) : '';
      if (got === undefined) return { kind: 'error', message: `option '--${name}' requires an argument` };
      given.push([SHORT_OF[name] ?? name, got]);
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let at = 1; at < arg.length; at += 1) {
        const letter = arg.charAt(at);
        if (WITHOUT_VALUE.includes(letter)) {
          given.push([letter, '']);
          continue;
        }
        if (!WITH_VALUE.includes(letter)) return { kind: 'error', message: `invalid option -- '${letter}'` };
        const rest = arg.slice(at + 1) || waiting.shift();
        if (rest === undefined) return { kind: 'error', message: `option requires an argument -- '${letter}'` };
        given.push([letter, rest]);
        break;
      }
    }
  }
  const all = (name: string): readonly string[] => given.filter(([each]) => each === name).map(([, value]) => value);
  return {
    kind: 'options',
    commands: all('c'),
    file: all('f')[0] ?? null,
    onErrorStop: all('v').some((value) => /^ON_ERROR_STOP=(1|on|true)$/i.test(value)),
    single: all('1').length > 0,
    quiet: all('q').length > 0,
    tuplesOnly: all('t').length > 0,
  };
}
