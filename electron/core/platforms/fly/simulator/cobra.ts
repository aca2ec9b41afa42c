/** Commands, flags and help as cobra has them, from the grammar table of flyctl that `rollbook check` uses too. */
import { KNOWN } from '#shared/runbook-check/grammar/known-tools.ts';
import groups from './transcripts/groups.json' with { type: 'json' };

const TABLE = KNOWN.get('fly')?.tables[0];
const APP_FLAGS = ['-a=', '--app=', '-c=', '--config='];
/** Of played commands that the table does not have, or not whole (flyctl v0.4.87 internal/command). */
const MORE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  version: ['-j', '--json', '-s=', '--saveinstall='],
  'secrets deploy': [...APP_FLAGS, '--detach', '--dns-checks'],
  'machine list': [...APP_FLAGS, '-j', '--json', '-q', '--quiet'],
  'machine stop': [...APP_FLAGS, '--select', '-s=', '--signal=', '--timeout=', '-w=', '--wait-timeout='],
  'machine start': [...APP_FLAGS, '--select'],
  'machine cordon': [...APP_FLAGS, '--select'],
  'machine uncordon': [...APP_FLAGS, '--select'],
  'checks list': [...APP_FLAGS, '--check-name=', '-j', '--json'],
  'image show': [...APP_FLAGS, '-j', '--json'],
};
const GLOBAL_FLAGS = TABLE?.globalFlags ?? [];

export interface ParsedFlags {
  readonly words: readonly string[];
  /** A boolean under any of its names; `otherwise` when it was not given. */
  on(names: string, otherwise?: boolean): boolean;
  /** The last text given under any of the names ("--app -a"), or an empty one. */
  text(names: string): string;
}

export type Found =
  | { readonly kind: 'root' }
  | { readonly kind: 'unknown'; readonly word: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'command'; readonly name: string; readonly rest: readonly string[] };

/** Of every command, and of the app: the only ones known to take values in front of the command. */
const EARLY_FLAGS = ['-t', '--access-token', '-a', '--app'];

/** Follows the words to a command, flags left aside, as cobra's Find does. */
export function findCommand(args: readonly string[]): Found {
  let name = '';
  const rest: string[] = [];
  const waiting = [...args];
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    const subcommands = subcommandsOf(name);
    const word = TABLE?.commands[name]?.aliases?.[arg] ?? arg;
    if (subcommands.length === 0 || arg.startsWith('-')) {
      rest.push(arg, ...(EARLY_FLAGS.includes(arg) ? waiting.splice(0, 1) : []));
    } else if (subcommands.includes(word)) name = `${name} ${word}`.trim();
    else return name === '' ? { kind: 'unknown', word: arg } : { kind: 'group', name };
  }
  if (name === '') return { kind: 'root' };
  return subcommandsOf(name).length > 0 ? { kind: 'group', name } : { kind: 'command', name, rest };
}

const subcommandsOf = (name: string): readonly string[] => TABLE?.commands[name]?.subcommands ?? [];

/** False: its flags are not known. */
export const isKnown = (name: string): boolean => name in MORE_FLAGS || TABLE?.commands[name] !== undefined;

export const takesNoWords = (name: string): boolean => TABLE?.commands[name]?.noArguments === true;

const flagsOf = (name: string): readonly string[] => [...(MORE_FLAGS[name] ?? TABLE?.commands[name]?.flags ?? [])];

/** Reads flags as pflag does: `--name value`, `--name=value`, `-n value`, `-nvalue`, grouped booleans; or says what is wrong. */
export function parseFlags(name: string, args: readonly string[]): ParsedFlags | string {
  const known = new Set([...flagsOf(name), ...GLOBAL_FLAGS]);
  const values = new Map<string, string>();
  const words: string[] = [];
  const waiting = [...args];
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg === '--') words.push(...waiting.splice(0));
    else if (!arg.startsWith('-') || arg === '-') words.push(arg);
    else {
      const wrong = arg.startsWith('--')
        ? readLong(arg, waiting, known, values)
        : readShort(arg, waiting, known, values);
      if (wrong !== null) return wrong;
    }
  }
  const given = (names: string): string | undefined =>
    names
      .split(' ')
      .flatMap((flag) => values.get(flag) ?? [])
      .at(-1);
  return {
    words,
    on: (names, otherwise = false) => !['false', '0'].includes(given(names) ?? String(otherwise)),
    text: (names) => given(names) ?? '',
  };
}

type Values = Map<string, string>;

function readLong(arg: string, waiting: string[], known: ReadonlySet<string>, values: Values): string | null {
  const [flag = '', ...value] = arg.split('=');
  if (!known.has(flag) && !known.has(`${flag}=`)) return `unknown flag: ${flag}`;
  const text = value.length > 0 ? value.join('=') : known.has(flag) ? 'true' : waiting.shift();
  if (text === undefined) return `flag needs an argument: ${flag}`;
  values.set(flag, text);
  return null;
}

function readShort(arg: string, waiting: string[], known: ReadonlySet<string>, values: Values): string | null {
  for (let at = 1; at < arg.length; at += 1) {
    const flag = `-${arg.charAt(at)}`;
    if (known.has(flag)) {
      values.set(flag, 'true');
      continue;
    }
    if (!known.has(`${flag}=`)) return `unknown shorthand flag: '${arg.charAt(at)}' in ${arg}`;
    const text = arg.slice(at + 1).replace(/^=/, '') || waiting.shift();
    if (text === undefined) return `flag needs an argument: '${arg.charAt(at)}' in ${arg}`;
    values.set(flag, text);
    break;
  }
  return null;
}

const lines = (title: string, entries: readonly string[]): string =>
  `${title}\n${entries.map((each) => `  ${each.replace(/=$/, ' value')}\n`).join('')}\n`;

/** Usage and flags; the layout is not cobra's, and nothing may depend on more than that there is some. */
export function usageOf(name: string): string {
  const subcommands = subcommandsOf(name);
  return (
    lines('Usage:', [`fly ${name} ${subcommands.length > 0 ? '[command]' : '[flags]'}`.replace('  ', ' ')]) +
    (subcommands.length > 0 ? lines('Available Commands:', subcommands) : '') +
    lines('Flags:', [...flagsOf(name), '-h', '--help']) +
    lines('Global Flags:', GLOBAL_FLAGS)
  );
}

/** What a group prints, whatever word follows: it runs nothing itself. */
export const groupHelp = (name: string): string =>
  `${(groups as Readonly<Record<string, string>>)[name] ?? `fly ${name}`}\n\n${usageOf(name)}`;
