/** What is known for certain of a command line tool, by version. What a table does not list cannot be told. */
import type { Argument, Call } from '../script.ts';

export interface Advice {
  readonly message: string;
  readonly fix: string;
  readonly source: string;
  /** What the wrong words are replaced by, when that is all there is to it ('' for a flag: its value stays). */
  readonly instead?: string;
}

export interface Grammar {
  readonly tool: string;
  /** What the tables were taken from, as findings name it. */
  readonly versions: string;
  /** Other spellings of a subcommand, wherever they stand. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Flags with a value that may stand between the subcommand's words. */
  readonly valueFlags: readonly string[];
  /** All subcommands of a command, by its path ('' is the tool itself); an empty list: it takes no words at all. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Paths in `groups` whose list is not complete: there, only what `missing` names is reported. */
  readonly incomplete: readonly string[];
  /** Commands people write that do not exist, with what to write instead; the longest path that fits is taken. */
  readonly missing: Readonly<Record<string, (call: Call) => Advice>>;
  /** Flags that a command surely does not have. */
  readonly missingFlags: Readonly<Record<string, Readonly<Record<string, (call: Call) => Advice>>>>;
}

export interface ReadCall {
  /** Subcommand words with aliases resolved, the first unknown one included. */
  readonly path: string;
  /** The word that names no subcommand, or null. */
  readonly unknown: Argument | null;
}

/** Finds the subcommand a call names. */
export function readCall(call: Call, grammar: Grammar): ReadCall {
  const done = READ.get(grammar)?.get(call);
  if (done !== undefined) return done;
  const read = findSubcommand(call, grammar);
  READ.set(grammar, (READ.get(grammar) ?? new WeakMap<Call, ReadCall>()).set(call, read));
  return read;
}

/** Several rules ask for each call, and those that look back ask for 200 before it. */
const READ = new WeakMap<Grammar, WeakMap<Call, ReadCall>>();

function findSubcommand(call: Call, grammar: Grammar): ReadCall {
  let path = '';
  for (const word of subcommandWords(call, grammar)) {
    const known = grammar.groups[path];
    if (known === undefined || !word.plain) return { path, unknown: null };
    const name = grammar.aliases[word.value] ?? word.value;
    const inner = `${path} ${name}`.trim();
    if (!known.includes(name)) {
      const tellable = !grammar.incomplete.includes(path) || Object.hasOwn(grammar.missing, inner);
      return { path: inner, unknown: tellable ? word : null };
    }
    path = inner;
  }
  return { path, unknown: null };
}

/** Words that are neither flags nor, as far as is known, values of flags. */
export function subcommandWords(call: Call, { valueFlags }: Pick<Grammar, 'valueFlags'>): readonly Argument[] {
  const words: Argument[] = [];
  for (let index = 0; index < call.args.length; index += 1) {
    const word = call.args[index];
    if (word === undefined || word.value === '--') break;
    if (valueFlags.includes(word.value)) index += 1;
    else if (!word.value.startsWith('-')) words.push(word);
  }
  return words;
}

/** The advice for a command that does not exist, and the command as it was written; the longest path that fits. */
export function adviceFor(call: Call, grammar: Grammar): { readonly written: string; readonly advice: Advice } | null {
  const words = subcommandWords(call, grammar).map(({ value }) => value);
  const longest = Math.max(...Object.keys(grammar.missing).map((path) => path.split(' ').length));
  for (let length = Math.min(words.length, longest); length > 0; length -= 1) {
    const written = words.slice(0, length);
    const advice = grammar.missing[written.map((word) => grammar.aliases[word] ?? word).join(' ')];
    if (advice !== undefined) return { written: written.join(' '), advice: advice(call) };
  }
  return null;
}
