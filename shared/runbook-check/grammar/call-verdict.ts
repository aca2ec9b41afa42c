/** Judges a call against the table of a tool: does its command exist, and each of its flags? */
import { TOOL_EFFECTS } from '#shared/effects/all-tools.ts';
import type { Argument, Call, PlainCall } from '../script.ts';
import type { CommandEntry, ToolTable } from './tool-table.ts';

export type Verdict =
  | { readonly kind: 'exists' }
  | { readonly kind: 'cannot-tell' }
  /** `path`: the command that does not have the subcommand. */
  | { readonly kind: 'no-subcommand'; readonly at: Argument; readonly path: string }
  | { readonly kind: 'takes-no-words'; readonly at: Argument; readonly path: string }
  | { readonly kind: 'no-flag'; readonly at: Argument; readonly path: string; readonly flag: string };

const CANNOT_TELL: Verdict = { kind: 'cannot-tell' };

/** A command of a table, made ready for lookups. */
interface Page {
  /** True for a flag that takes a value. */
  readonly flags: FlagMap;
  /** The name each one stands for; null when it may not exist. */
  readonly subcommands: ReadonlyMap<string, string | null>;
  readonly entry: CommandEntry;
}

type FlagMap = ReadonlyMap<string, boolean>;

export function judge(call: Call, table: ToolTable): Verdict {
  const known = valueFlags(table);
  const flags: WrittenFlag[] = [];
  let path = '';
  let page = pageOf(table, path);
  let group = true;
  let doubtful = false;
  for (let index = 0; index < call.args.length; index += 1) {
    const word = call.args[index];
    if (word === undefined || word.value === '--') break;
    if (word.value.startsWith('-') && word.value !== '-') {
      flags.push({ at: word, after: page });
      const takes = takesNext(word.value, known);
      if (takes === null) doubtful = true;
      if (takes === true) index += 1;
      continue;
    }
    if (!group || page === null) continue;
    const { noArguments = false, moreSubcommands = false } = page.entry;
    // The word may be the value of an unknown flag: then the flag is reported.
    if (noArguments && doubtful) continue;
    if (noArguments && word.plain) return { kind: 'takes-no-words', at: word, path };
    if (page.subcommands.size === 0) {
      group = false;
      continue;
    }
    if (!word.plain) return CANNOT_TELL;
    const name = page.subcommands.get(word.value);
    if (name === undefined) {
      return doubtful || moreSubcommands ? CANNOT_TELL : { kind: 'no-subcommand', at: word, path };
    }
    if (name === null) return CANNOT_TELL;
    path = `${path} ${name}`.trim();
    page = pageOf(table, path);
  }
  if (page === null || page.entry.moreFlags === true) return CANNOT_TELL;
  return judgeFlags(flags, page, path, table);
}

/** A flag and the command it follows: in `git -C FOLDER log`, -C is a flag of git, not of log. */
interface WrittenFlag {
  readonly at: Argument;
  readonly after: Page | null;
}

function judgeFlags(flags: readonly WrittenFlag[], page: Page, path: string, table: ToolTable): Verdict {
  const global = flagMap(table.globalFlags);
  for (const { at, after } of flags) {
    if (!at.plain && !/^--?[\w-]+=/.test(at.value)) return CANNOT_TELL;
    const maps = [page.flags, ...(after === null ? [] : [after.flags]), global];
    const flag = unknownIn(at.value, maps, table.shortenedFlags === true);
    if (flag !== null) return { kind: 'no-flag', at, path, flag };
  }
  return { kind: 'exists' };
}

/** The first flag of a word that none of the maps has, or null. */
function unknownIn(word: string, maps: readonly FlagMap[], shortened: boolean): string | null {
  const find = (name: string): boolean | undefined =>
    maps.map((map) => map.get(name)).find((value) => value !== undefined);
  if (word.startsWith('--')) {
    const name = word.split('=')[0] ?? word;
    const positive = name.replace(/^--no-/, '--');
    if (find(name) !== undefined) return null;
    if (!shortened) return name;
    const near = maps.some((map) => [...map.keys()].some((known) => known.startsWith(name)));
    return near || find(positive) !== undefined ? null : name;
  }
  // For many programs, `-5` is a count.
  if (/^-\d+$/.test(word)) return null;
  if (find(word.split('=')[0] ?? word) !== undefined) return null;
  for (let at = 1; at < word.length; at += 1) {
    const takes = find(`-${word.charAt(at)}`);
    if (takes === undefined) return `-${word.charAt(at)}`;
    if (takes) return null;
  }
  return null;
}

/** True when the next word is the flag's value; null when the table does not have the flag. */
function takesNext(word: string, known: FlagMap): boolean | null {
  if (word.includes('=')) return false;
  if (word.startsWith('--')) return known.get(word) ?? null;
  for (let at = 1; at < word.length; at += 1) {
    const takes = known.get(`-${word.charAt(at)}`);
    if (takes === undefined) return null;
    if (takes) return at === word.length - 1;
  }
  return false;
}

const VALUE_FLAGS = new WeakMap<ToolTable, FlagMap>();

/** All flags of a tool; one that takes a value for any command counts as taking one. */
function valueFlags(table: ToolTable): FlagMap {
  const done = VALUE_FLAGS.get(table);
  if (done !== undefined) return done;
  const all = new Map<string, boolean>();
  for (const flags of [table.globalFlags, ...Object.values(table.commands).map((entry) => entry.flags ?? [])]) {
    for (const [name, takes] of flagMap(flags)) all.set(name, takes || (all.get(name) ?? false));
  }
  VALUE_FLAGS.set(table, all);
  return all;
}

/** The leading plain words of a call, without flags and their values. */
export function wordsOf({ tool, args }: Pick<PlainCall, 'tool' | 'args'>, table: ToolTable | null): readonly string[] {
  // Without a table, what is known of its effects tells which flags take a value: `kubectl -n NAMESPACE get`.
  const known =
    table === null ? flagMap((TOOL_EFFECTS.get(tool)?.values ?? []).map((flag) => `${flag}=`)) : valueFlags(table);
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const { value, plain } = args[index] ?? { value: '--', plain: true };
    if (value === '--') break;
    if (value.startsWith('-')) index += takesNext(value, known) === true ? 1 : 0;
    else if (plain && /^[a-z][\w-]*$/.test(value)) words.push(value);
    else break;
  }
  return words;
}

/** The subcommands of a command, for suggestions. */
export const subcommandsAt = (table: ToolTable, path: string): readonly string[] => [
  ...(pageOf(table, path)?.subcommands.keys() ?? []),
];

/** The flags of a command, for suggestions. */
export const flagsAt = (table: ToolTable, path: string): readonly string[] => [
  ...(pageOf(table, path)?.flags.keys() ?? []),
];

/** Many calls go to the same few commands. */
const PAGES = new WeakMap<CommandEntry, Page>();

function pageOf(table: ToolTable, path: string): Page | null {
  const entry = table.commands[path];
  if (entry === undefined) return null;
  const { flags = [], subcommands = [], aliases = {}, uncertain = [] } = entry;
  const page = PAGES.get(entry) ?? {
    entry,
    flags: flagMap(flags),
    subcommands: new Map<string, string | null>([
      ...subcommands.map((name) => [name, name] as const),
      ...Object.entries(aliases),
      ...uncertain.map((name) => [name, null] as const),
    ]),
  };
  PAGES.set(entry, page);
  return page;
}

const flagMap = (flags: readonly string[]): FlagMap =>
  new Map(flags.map((flag) => [flag.replace(/=$/, ''), flag.endsWith('=')]));
