/**
 * Patterns of commands: words as in a shell. An unquoted `*` alone is any one word, within a word any characters, and `**` at
 * the end any rest. Leading NAME=value words are variables of the environment. A redacted value fits any value.
 */
import { REDACTED } from '../redaction/redactor.ts';

interface PatternWord {
  readonly text: string;
  /** Nothing of it was quoted, so its stars stand for something. */
  readonly plain: boolean;
}

/** A command as it is run. */
export interface Call {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=([^]*)$/;

export function fits(pattern: string, { words, environment }: Call): boolean {
  const wanted = splitWords(pattern);
  while (wanted.length > 0) {
    const [, name, value] = ASSIGNMENT.exec(wanted[0]?.text ?? '') ?? [];
    if (name === undefined || value === undefined || ASSIGNMENT.test(words[0] ?? '')) break;
    const [first] = wanted.splice(0, 1);
    if (!wordFits({ text: value, plain: first?.plain === true }, environment[name] ?? '')) return false;
  }
  const rest = wanted.at(-1)?.plain === true && wanted.at(-1)?.text === '**';
  const fixed = rest ? wanted.slice(0, -1) : wanted;
  if (rest ? words.length < fixed.length : words.length !== fixed.length) return false;
  return fixed.every((word, index) => wordFits(word, words[index] ?? ''));
}

/** Words of a command line. Backslashes and quotes are read as a shell does; an open quote ends with the text. */
export const wordsOf = (text: string): readonly string[] => splitWords(text).map((word) => word.text);

function wordFits({ text, plain }: PatternWord, word: string): boolean {
  const parts = text.split(REDACTED).flatMap((part, index) => {
    const stars = plain ? part.split(/\*+/) : [part];
    return index === 0 ? [stars] : [['', ''], stars];
  });
  // Joined by wildcards: within a part by stars, between parts by what was redacted.
  const literals = parts.reduce<string[]>((all, part) => {
    if (all.length === 0) return [...part];
    return [...all.slice(0, -1), `${all.at(-1) ?? ''}${part[0] ?? ''}`, ...part.slice(1)];
  }, []);
  return inOrder(literals, word);
}

/** The first literal begins the word, the last ends it, the others follow each other in it. */
function inOrder(literals: readonly string[], word: string): boolean {
  const [first = '', ...others] = literals;
  const last = others.pop();
  if (last === undefined) return word === first;
  if (!word.startsWith(first) || word.length < first.length + last.length || !word.endsWith(last)) return false;
  let from = first.length;
  for (const literal of others) {
    const at = word.indexOf(literal, from);
    if (at < 0) return false;
    from = at + literal.length;
  }
  return from <= word.length - last.length;
}

function splitWords(text: string): PatternWord[] {
  const words: PatternWord[] = [];
  const piece = /\s+|'([^']*)(?:'|$)|"((?:\\[^]|[^"\\])*)(?:"|$)|\\([^]?)|([^\s'"\\]+)/gy;
  let inWord = false;
  for (const [whole, single, double, escaped, bare] of text.matchAll(piece)) {
    // A backslash at the end of a line continues it.
    if (escaped === '\n') continue;
    const isSpace = /^\s/.test(whole);
    const last = inWord && !isSpace ? words.pop() : undefined;
    inWord = !isSpace;
    if (isSpace) continue;
    const found = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? bare ?? '';
    words.push({ text: `${last?.text ?? ''}${found}`, plain: (last?.plain ?? true) && bare !== undefined });
  }
  return words;
}
