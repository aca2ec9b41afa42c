/** Finds placeholders that a person has to fill in: `[backup-id]`, `<version>`. */

export interface Placeholder {
  readonly pos: number;
  readonly end: number;
  readonly text: string;
  readonly quoted: boolean;
}

/** Not `<<EOF >` of a here-document, nor `<in >` of two redirections. */
const ANGLE = /(?<!<)<[A-Za-z](?:[\w ./:=|,-]*[\w./:=|,-])?>/y;
const BRACKET = /\[[A-Za-z][\w ./-]*\]/y;

/**
 * Finds placeholders in shell text. Not reported: what may be a glob (`[a-z]`), an index (`a[i]`), two redirections
 * (`<in.txt>out.txt`) or markup in quotes.
 */
export function findPlaceholders(text: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  const globs = new Globs(text);
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote === '' && char === '#' && /\s/.test(text.charAt(at - 1) || ' ')) at = lineEnd(text, at);
    else if (char === '$' && text.charAt(at + 1) === '{' && quote !== "'") at = closing(text, at);
    else if ((char === '"' || char === "'") && (quote === '' || quote === char)) quote = quote === '' ? char : '';
    else if (char === '<' || char === '[') {
      const placeholder = placeholderAt(text, at, quote !== '', globs);
      if (placeholder !== null) {
        found.push(placeholder);
        at = placeholder.end - 1;
      }
    }
  }
  return found;
}

function placeholderAt(text: string, pos: number, quoted: boolean, globs: Globs): Placeholder | null {
  const pattern = text.charAt(pos) === '<' ? ANGLE : BRACKET;
  pattern.lastIndex = pos;
  const match = pattern.exec(text)?.[0];
  if (match === undefined) return null;
  const name = match.slice(1, -1);
  const end = pos + match.length;
  return isLikely(text, pos, end, name, quoted, globs) ? { pos, end, text: match, quoted } : null;
}

function isLikely(text: string, pos: number, end: number, name: string, quoted: boolean, globs: Globs): boolean {
  // In quotes, a single word may be markup or a pattern; two words or capitals are a placeholder.
  if (quoted) return isName(name) && (/[A-Za-z][_ -][A-Za-z]/.test(name) || /^[A-Z]{2,}$/.test(name));
  // `sort <in.txt> out.txt` reads one file and writes another.
  if (text.charAt(pos) === '<' && name.includes('.') && !/^[ \t]*(?:$|[\n;&|)-])/.test(text.slice(end, end + 40)))
    return false;
  return text.charAt(pos) === '<' ? !/\w/.test(text.charAt(end)) : isBracketPlaceholder(text, pos, end, name, globs);
}

function isBracketPlaceholder(text: string, pos: number, end: number, name: string, globs: Globs): boolean {
  if (text.charAt(end) === '=') return false;
  // Next to a glob, letters without a separator are part of it.
  if (globs.touch(pos, end) && !/[_ -]/.test(name)) return false;
  // `[X]` is a placeholder; `[f]ly` keeps grep from finding itself.
  if (name.length === 1) return /[A-Z]/.test(name) && !/[a-z]/.test(text.charAt(end));
  return name.length > 2 && isName(name);
}

/** Finds the globs and the white space around a position; positions have to be asked for in rising order. */
class Globs {
  readonly #text: string;
  #reached = 0;
  #glob = -1;
  #space = -1;
  #nextGlob = -1;
  #nextSpace = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** True when the word before `pos` or after `end` has a glob. */
  touch(pos: number, end: number): boolean {
    for (; this.#reached < pos; this.#reached += 1) {
      const char = this.#text.charAt(this.#reached);
      if (/\s/.test(char)) this.#space = this.#reached;
      else if (char === '*' || char === '?') this.#glob = this.#reached;
    }
    if (this.#glob > this.#space) return true;
    if (this.#nextGlob < end) this.#nextGlob = this.#next(/[*?]/g, end);
    if (this.#nextSpace < end) this.#nextSpace = this.#next(/\s/g, end);
    return this.#nextGlob < this.#nextSpace;
  }

  #next(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return pattern.exec(this.#text)?.index ?? this.#text.length;
  }
}

/** True when a part of the text has a placeholder; `placeholders` are sorted and do not overlap. */
export function holdsPlaceholder(placeholders: readonly Placeholder[], pos: number, end: number): boolean {
  let low = 0;
  let high = placeholders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((placeholders[middle]?.end ?? 0) > pos) high = middle;
    else low = middle + 1;
  }
  return (placeholders[low]?.pos ?? end) < end;
}

/** True when there is no range such as `a-z` in it. */
const isName = (name: string): boolean => name.split('-').every((part) => part.trim().length !== 1);

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function closing(text: string, at: number): number {
  const end = text.indexOf('}', at);
  return end < 0 ? text.length : end;
}
