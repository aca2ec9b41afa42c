/**
 * Patterns of runbooks, in the syntax of RE2 (github.com/google/re2/wiki/Syntax). RE2 matches in linear time; with a regular
 * expression of JavaScript, a pattern such as `^(a+)+$` could block the process.
 */
import { RE2JS } from 're2js';

export type Pattern = (text: string) => boolean;

/** `^` and `$` match at line ends. Null: not a valid pattern, see whyNoPattern. */
export const patternOf = (pattern: string): Pattern | null => compiled(pattern, RE2JS.MULTILINE);

/** A pattern that the whole text has to match. */
export const wholePatternOf = (pattern: string): Pattern | null => compiled(`^(?:${pattern})$`, 0);

/** The named groups of the first match in a text; null where it does not match. An invalid pattern matches nothing. */
export function namedGroupsOf(pattern: string): (text: string) => Readonly<Record<string, string>> | null {
  if (whyNoPattern(pattern) !== null) return () => null;
  const regex = RE2JS.compile(pattern);
  const names = Object.keys(regex.namedGroups());
  return (text) => {
    const matcher = regex.matcher(text);
    if (!matcher.find()) return null;
    return Object.fromEntries(names.map((name) => [name, matcher.group(name) ?? '']));
  };
}

function compiled(pattern: string, flags: number): Pattern | null {
  try {
    const regex = RE2JS.compile(pattern, flags);
    return (text) => regex.matcher(text).find();
  } catch {
    return null;
  }
}

/** Why a text is not a valid pattern, or null. */
export function whyNoPattern(pattern: string): string | null {
  if (pattern === '') return 'it is empty';
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (thrown) {
    return (thrown as Error).message.replace(/^error parsing regexp: /, '');
  }
}

/**
 * How much of an output a pattern needs to see at once. Output is checked while it streams, some lines at a time
 * (pattern-watch.ts). `text`: it needs the beginning or end of the whole output. `far`: a match may have any length.
 */
export type Reach = 'lines' | 'far' | 'text';

/** RE2's own units (github.com/google/re2/wiki/Syntax): quoted text, escapes, classes, groups, repetitions, characters. */
const TOKEN =
  /\\Q[\s\S]*?(?:\\E|$)|\\(?:[pP](?:\{[^}]*\}|.)|x\{[^}]*\}|[\s\S])|\[\^?\]?(?:\\[\s\S]|\[:[^\]]*:\]|[^\]\\])*\]|\(\?P?<[^>]*>|\(\?[A-Za-z-]*[:)]|\{\d+(?:,\d*)?\}|[\s\S]/g;
const FLAGS = /^\(\?[A-Za-z]*(?:-[A-Za-z]*)?[:)]$/;
const REPEATED = /^(?:[*+]|\{\d+,\})$/;
/** Tokens that match the empty text. */
const NOTHING = /^(?:[()^$?]|\(\?.*)$/;

export function reachOf(pattern: string): Reach {
  const tokens = pattern.match(TOKEN) ?? [];
  if (tokens.some((token) => token === '\\A' || token === '\\z' || /^\(\?[A-Za-z]*-[A-Za-z]*m/.test(token)))
    return 'text';
  const dotAll = tokens.some((token) => /^\(\?[A-Za-z]*s/.test(token) && FLAGS.test(token));
  return alternativesOf(tokens).some((alternative) => isFar(alternative, dotAll)) ? 'far' : 'lines';
}

/** The parts between the `|` of the outermost level. */
function alternativesOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.startsWith('(') && !/^\(\?[A-Za-z-]*\)$/.test(token)) depth += 1;
    if (token === ')') depth -= 1;
    if (token === '|' && depth === 0) all.push([]);
    else all.at(-1)?.push(token);
  }
  return all;
}

/** True if a repetition that may contain line ends is between two parts that both have to match. */
function isFar(tokens: readonly string[], dotAll: boolean): boolean {
  return tokens.some((token, at) => {
    if (!REPEATED.test(token) || !crossesLines(tokens, at, dotAll)) return false;
    const needs = (some: readonly string[]): boolean => some.some((each) => !NOTHING.test(each));
    const repeats = tokens[at - 1] === ')' ? at : at - 1;
    return needs(tokens.slice(0, repeats)) && needs(tokens.slice(at + 1));
  });
}

/** For a group, everything before its end counts as repeated. `\s` alone is ignored: no output is only white space. */
function crossesLines(tokens: readonly string[], at: number, dotAll: boolean): boolean {
  const before = tokens[at - 1] ?? '';
  if (before !== ')') return before !== '\\s' && mayBeLineEnd(before, dotAll);
  return tokens.slice(0, at).some((token) => mayBeLineEnd(token, dotAll));
}

function mayBeLineEnd(token: string, dotAll: boolean): boolean {
  if (token === '.') return dotAll;
  const named = /\\[ns]|\n|\\x0?[aA]|\[:space:\]/.test(token);
  if (token.startsWith('[^')) return !named;
  if (token.startsWith('[')) return named || /\\[DWP]|\[:\^/.test(token);
  return named || /^\\(?:[DWP]|pC|p\{C)/.test(token);
}
