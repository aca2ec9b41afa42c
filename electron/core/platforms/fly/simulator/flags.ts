/** Flags as cobra and pflag read them: `--name value`, `--name=value`, `-n value`, `-nvalue`, grouped short booleans. */

export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** The kind of value it takes; a boolean can also be written `--name=false`. */
  readonly takes: 'nothing' | 'string' | 'int' | 'float' | 'strings';
}

export interface ParsedFlags {
  readonly kind: 'flags';
  readonly words: readonly string[];
  /** A boolean's value; `otherwise` when it was not given. */
  on(name: string, otherwise?: boolean): boolean;
  /** The last text given, or an empty one. */
  text(name: string): string;
}

export type FlagReading = ParsedFlags | { readonly kind: 'error'; readonly message: string };

class BadFlag extends Error {}

export function parseFlags(args: readonly string[], known: readonly Flag[]): FlagReading {
  const values = new Map<string, string>();
  const words: string[] = [];
  const waiting = [...args];
  try {
    for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
      if (arg === '--') words.push(...waiting.splice(0));
      else if (arg.startsWith('--')) readLong(arg, waiting, known, values);
      else if (arg.startsWith('-') && arg !== '-') readShort(arg, waiting, known, values);
      else words.push(arg);
    }
  } catch (thrown) {
    if (thrown instanceof BadFlag) return { kind: 'error', message: thrown.message };
    throw thrown;
  }
  return {
    kind: 'flags',
    words,
    on: (name, otherwise = false) => {
      const value = values.get(name);
      return value === undefined ? otherwise : value !== 'false' && value !== '0';
    },
    text: (name) => values.get(name) ?? '',
  };
}

function readLong(arg: string, waiting: string[], known: readonly Flag[], values: Map<string, string>): void {
  const equals = arg.indexOf('=');
  const name = arg.slice(2, equals < 0 ? undefined : equals);
  const flag = known.find((each) => each.name === name);
  if (flag === undefined) throw new BadFlag(`unknown flag: --${name}`);
  if (equals >= 0) values.set(name, arg.slice(equals + 1));
  else values.set(name, flag.takes === 'nothing' ? 'true' : next(waiting, `--${name}`));
}

function readShort(arg: string, waiting: string[], known: readonly Flag[], values: Map<string, string>): void {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    const flag = known.find((each) => each.short === letter);
    if (flag === undefined) throw new BadFlag(`unknown shorthand flag: '${letter}' in ${arg}`);
    if (flag.takes === 'nothing') {
      values.set(flag.name, 'true');
      continue;
    }
    const rest = arg.slice(at + 1).replace(/^=/, '');
    values.set(flag.name, rest === '' ? next(waiting, `'${letter}' in ${arg}`) : rest);
    return;
  }
}

function next(waiting: string[], what: string): string {
  const value = waiting.shift();
  if (value === undefined) throw new BadFlag(`flag needs an argument: ${what}`);
  return value;
}

/** Flags of every command. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  { name: 'access-token', short: 't', takes: 'string' },
  { name: 'debug', takes: 'nothing' },
  { name: 'help', short: 'h', takes: 'nothing' },
  { name: 'verbose', takes: 'nothing' },
];
