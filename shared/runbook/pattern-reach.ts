/**
 * How much of an output a pattern has to see at once. An output is looked at as it passes, some lines at a time
 * (pattern-watch.ts), so what a pattern says about the whole of it, or about places far apart, is not always known.
 */

/** `text`: it asks for the beginning or the end of the whole output. `far`: a match may be longer than any limit. */
export type Reach = 'lines' | 'far' | 'text';

/** RE2's own units (github.com/google/re2/wiki/Syntax): quoted text, escapes, classes, groups, repetitions, characters. */
const TOKEN =
  /\\Q[\s\S]*?(?:\\E|$)|\\(?:[pP](?:\{[^}]*\}|.)|x\{[^}]*\}|[\s\S])|\[\^?\]?(?:\\[\s\S]|\[:[^\]]*:\]|[^\]\\])*\]|\(\?P?<[^>]*>|\(\?[A-Za-z-]*[:)]|\{\d+(?:,\d*)?\}|[\s\S]/g;
const FLAGS = /^\(\?[A-Za-z]*(?:-[A-Za-z]*)?[:)]$/;
const REPEATED = /^(?:[*+]|\{\d+,\})$/;
/** Nothing that a match needs: it is left out when the match is made as short as can be. */
const NOTHING = /^(?:[()^$?]|\(\?.*)$/;

export function reachOf(pattern: string): Reach {
  const tokens = pattern.match(TOKEN) ?? [];
  if (tokens.some((token) => token === '\\A' || token === '\\z' || /^\(\?[A-Za-z]*-[A-Za-z]*m/.test(token)))
    return 'text';
  const dotAll = tokens.some((token) => /^\(\?[A-Za-z]*s/.test(token) && FLAGS.test(token));
  return alternativesOf(tokens).some((alternative) => isFar(alternative, dotAll)) ? 'far' : 'lines';
}

/** What stands between the `|` of the outermost level. */
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

/** A repetition over line ends that stands between two things which both have to be there. */
function isFar(tokens: readonly string[], dotAll: boolean): boolean {
  return tokens.some((token, at) => {
    if (!REPEATED.test(token) || !crossesLines(tokens, at, dotAll)) return false;
    const needs = (some: readonly string[]): boolean => some.some((each) => !NOTHING.test(each));
    const repeats = tokens[at - 1] === ')' ? at : at - 1;
    return needs(tokens.slice(0, repeats)) && needs(tokens.slice(at + 1));
  });
}

/** Of a group all is taken for repeated that stands before its end. Blanks alone never fill an output. */
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
