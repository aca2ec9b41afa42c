/**
 * Commands and flags of fly and supabase that people write but that do not exist, with what to write instead, from fly.json
 * and supabase.json. known-tools.ts decides whether a command exists.
 */
import { z } from 'zod';
import { option } from '../options.ts';
import type { Argument, Call } from '../script.ts';
import fly from './fly.json' with { type: 'json' };
import supabase from './supabase.json' with { type: 'json' };

const names = z.array(z.string()).readonly();

/** In `message` and `fix`, {app} stands for the app that the call names. */
const adviceSchema = z.strictObject({
  message: z.string(),
  fix: z.string(),
  source: z.string(),
  /** Replaces the wrong words, where nothing else has to change; '' removes a flag and keeps its value. */
  instead: z.string().optional(),
});

const grammarSchema = z.strictObject({
  tool: z.string(),
  /** The versions this was taken from, as findings name them. */
  versions: z.string(),
  /** Other spellings of a subcommand, at any depth. */
  aliases: z.record(z.string(), z.string()),
  /** Flags with a value that may stand between the subcommand's words. */
  valueFlags: names,
  /** All subcommands of a command, by its path ('' is the tool itself); an empty list: it takes no words. */
  groups: z.record(z.string(), names),
  /** Groups that list only some of their subcommands: there, only `missingCommands` are reported. */
  incompleteGroups: names,
  missingCommands: z.array(adviceSchema.extend({ commands: names })),
  missingFlags: z.array(adviceSchema.extend({ command: z.string(), flags: names })),
});

type Advice = Omit<z.infer<typeof adviceSchema>, 'instead'> & { readonly instead?: string | undefined };
type Grammar = z.infer<typeof grammarSchema>;

export const FLY: Grammar = grammarSchema.parse(fly);
export const SUPABASE: Grammar = grammarSchema.parse(supabase);

const GRAMMARS: ReadonlyMap<string, Grammar> = new Map([FLY, SUPABASE].map((grammar) => [grammar.tool, grammar]));

/** The grammar of the tool a call runs, or null when there is none. */
export const grammarOf = ({ tool }: Pick<Call, 'tool'>): Grammar | null => GRAMMARS.get(tool) ?? null;

/** The app that a fly call names, as it would be written again; "$SERVICE" when it names none. */
export function appOf(call: Call): string {
  const named = option(call, ['-a', '--app']);
  if (named === null || named.value === null || named.value === '') return '"$SERVICE"';
  return named.plain ? named.value : `"${named.value}"`;
}

interface ReadCall {
  /** Subcommand words with aliases resolved, the first unknown one included. */
  readonly path: string;
  /** The word that is no known subcommand, or null. */
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

/** Several rules read the same call, and some of them read 200 calls before it. */
const READ = new WeakMap<Grammar, WeakMap<Call, ReadCall>>();

function findSubcommand(call: Call, grammar: Grammar): ReadCall {
  let path = '';
  for (const word of subcommandWords(call, grammar)) {
    const known = grammar.groups[path];
    if (known === undefined || !word.plain) return { path, unknown: null };
    const name = grammar.aliases[word.value] ?? word.value;
    const inner = `${path} ${name}`.trim();
    if (!known.includes(name)) {
      const reported = !grammar.incompleteGroups.includes(path) || missingCommand(grammar, inner) !== undefined;
      return { path: inner, unknown: reported ? word : null };
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

/** Advice for a command that does not exist, and the words it is about: of the longest known command that they begin with. */
export function commandAdvice(
  call: Call,
  grammar: Grammar,
): { readonly written: string; readonly advice: Advice } | null {
  const words = subcommandWords(call, grammar).map(({ value }) => value);
  const longest = Math.max(
    ...grammar.missingCommands.flatMap(({ commands }) => commands.map((path) => path.split(' ').length)),
  );
  for (let length = Math.min(words.length, longest); length > 0; length -= 1) {
    const written = words.slice(0, length);
    const found = missingCommand(grammar, written.map((word) => grammar.aliases[word] ?? word).join(' '));
    if (found !== undefined) return { written: written.join(' '), advice: adviceFor(call, found) };
  }
  return null;
}

/** Advice for a flag that the command of a call does not have. */
export function flagAdvice(call: Call, flag: string): Advice | null {
  const grammar = grammarOf(call);
  if (grammar === null) return null;
  const { path } = readCall(call, grammar);
  const found = grammar.missingFlags.find(({ command, flags }) => command === path && flags.includes(flag));
  return found === undefined ? null : adviceFor(call, found);
}

const missingCommand = ({ missingCommands }: Grammar, path: string): Advice | undefined =>
  missingCommands.find(({ commands }) => commands.includes(path));

function adviceFor(call: Call, { message, fix, source, instead }: Advice): Advice {
  const fill = (text: string): string => text.replaceAll('{app}', () => appOf(call));
  return { message: fill(message), fix: fill(fix), source, instead };
}
