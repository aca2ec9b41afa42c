/** Every subcommand and flag of a tool in one version, and what a call to it is worth against that. */
import type { Argument, Call, PlainCall } from '../script.ts';

export interface ToolTable {
  readonly tool: string;
  readonly version: string;
  /**
   * By the path of the command ('' is the tool itself): its flags (`--file=` takes a value) and its subcommands, with
   * placeholders between. `old>new`: another name of a subcommand; `name?`: one of which nothing can be told. `*`: there are flags that are not listed. `...`: there are
   * subcommands that are not listed. `!`: it takes no words. A path that is not there cannot be told.
   */
  readonly pages: Readonly<Record<string, string>>;
  /** Flags that stand anywhere. */
  readonly global: string;
  /** How flags may be shortened: unique beginnings of long ones count (getopt, git). */
  readonly shortened?: boolean;
}

export type Verdict =
  | { readonly kind: 'exists' }
  | { readonly kind: 'cannot-tell' }
  /** `path`: the group that lacks it. */
  | { readonly kind: 'no-subcommand'; readonly at: Argument; readonly path: string }
  | { readonly kind: 'takes-no-words'; readonly at: Argument; readonly path: string }
  | { readonly kind: 'no-flag'; readonly at: Argument; readonly path: string; readonly flag: string };

const CANNOT_TELL: Verdict = { kind: 'cannot-tell' };

interface Page {
  readonly flags: ReadonlyMap<string, boolean>;
  readonly subcommands: ReadonlyMap<string, string>;
  readonly openFlags: boolean;
  readonly openCommands: boolean;
  readonly noWords: boolean;
}

/** Holds one call against one table. */
export function judge(call: Call, table: ToolTable): Verdict {
  const known = valueFlags(table);
  const flags: Standing[] = [];
  let path = '';
  let page = pageOf(table, path);
  let group = true;
  let doubtful = false;
  for (let index = 0; index < call.args.length; index += 1) {
    const word = call.args[index];
    if (word === undefined || word.value === '--') break;
    if (word.value.startsWith('-') && word.value !== '-') {
      flags.push({ at: word, there: page });
      const takes = takesNext(word.value, known);
      if (takes === null) doubtful = true;
      if (takes === true) index += 1;
      continue;
    }
    if (!group || page === null) continue;
    // It may be the value of a flag that does not exist: that flag is what is told.
    if (page.noWords && doubtful) continue;
    if (page.noWords && word.plain) return { kind: 'takes-no-words', at: word, path };
    if (page.subcommands.size === 0) {
      group = false;
      continue;
    }
    if (!word.plain) return CANNOT_TELL;
    const name = page.subcommands.get(word.value);
    if (name === undefined) {
      // Behind a flag that is not known it may be that flag's value.
      return doubtful || page.openCommands ? CANNOT_TELL : { kind: 'no-subcommand', at: word, path };
    }
    if (name === '') return CANNOT_TELL;
    path = `${path} ${name}`.trim();
    page = pageOf(table, path);
  }
  if (page === null || page.openFlags) return CANNOT_TELL;
  return judgeFlags(flags, page, path, table);
}

/** A flag, and the command it stands behind: `git -C FOLDER log` is a flag of git, not of its log. */
interface Standing {
  readonly at: Argument;
  readonly there: Page | null;
}

function judgeFlags(flags: readonly Standing[], page: Page, path: string, table: ToolTable): Verdict {
  const global = readTokens(table.global);
  for (const { at, there } of flags) {
    if (!at.plain && !/^--?[\w-]+=/.test(at.value)) return CANNOT_TELL;
    const flag = unknownIn(
      at.value,
      [page.flags, ...(there === null ? [] : [there.flags]), global.flags],
      table.shortened === true,
    );
    if (flag !== null) return { kind: 'no-flag', at, path, flag };
  }
  return { kind: 'exists' };
}

/** The first flag of a word that none of the maps has, or null. */
function unknownIn(word: string, maps: readonly ReadonlyMap<string, boolean>[], shortened: boolean): string | null {
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
  // `-5` is a count to many programs.
  if (/^-\d+$/.test(word)) return null;
  if (find(word.split('=')[0] ?? word) !== undefined) return null;
  for (let at = 1; at < word.length; at += 1) {
    const takes = find(`-${word.charAt(at)}`);
    if (takes === undefined) return `-${word.charAt(at)}`;
    if (takes) return null;
  }
  return null;
}

/** True: the next word is its value; false: it is not; null: the flag is in no page of the table. */
function takesNext(word: string, known: ReadonlyMap<string, boolean>): boolean | null {
  if (word.includes('=')) return false;
  if (word.startsWith('--')) return known.get(word) ?? null;
  for (let at = 1; at < word.length; at += 1) {
    const takes = known.get(`-${word.charAt(at)}`);
    if (takes === undefined) return null;
    if (takes) return at === word.length - 1;
  }
  return false;
}

const VALUE_FLAGS = new WeakMap<ToolTable, ReadonlyMap<string, boolean>>();

/** All flags of a tool; one that takes a value in any page counts as taking one. */
function valueFlags(table: ToolTable): ReadonlyMap<string, boolean> {
  const done = VALUE_FLAGS.get(table);
  if (done !== undefined) return done;
  const all = new Map<string, boolean>();
  for (const text of [table.global, ...Object.values(table.pages)]) {
    for (const [name, takes] of readTokens(text).flags) all.set(name, takes || (all.get(name) ?? false));
  }
  VALUE_FLAGS.set(table, all);
  return all;
}

/** The plain words of a call up to the first that is none; values of flags the table knows are left out. */
export function wordsOf({ args }: Pick<PlainCall, 'args'>, table: ToolTable | null): readonly string[] {
  const known = table === null ? new Map<string, boolean>() : valueFlags(table);
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

const pageOf = (table: ToolTable, path: string): Page | null => {
  const text = table.pages[path];
  return text === undefined ? null : readTokens(text);
};

/** Subcommands of a path in one table, for suggestions. */
export const subcommandsAt = (table: ToolTable, path: string): readonly string[] => [
  ...(pageOf(table, path)?.subcommands.keys() ?? []),
];

export const flagsAt = (table: ToolTable, path: string): readonly string[] => [
  ...(pageOf(table, path)?.flags.keys() ?? []),
];

const READ = new Map<string, Page>();

/** The texts are those of the tables and of the installed tools' help: each is read once. */
function readTokens(text: string): Page {
  const page = READ.get(text) ?? readPage(text);
  READ.set(text, page);
  return page;
}

function readPage(text: string): Page {
  const flags = new Map<string, boolean>();
  const subcommands = new Map<string, string>();
  const tokens = text.split(' ').filter((token) => token !== '');
  for (const token of tokens) {
    if (token.startsWith('-')) flags.set(token.replace(/=$/, ''), token.endsWith('='));
    else if (/^[a-z]/i.test(token)) {
      const [name = '', meant = name] = token.split('>');
      subcommands.set(name.replace('?', ''), name.endsWith('?') ? '' : meant);
    }
  }
  return {
    flags,
    subcommands,
    openFlags: tokens.includes('*'),
    openCommands: tokens.includes('...'),
    noWords: tokens.includes('!'),
  };
}
