/**
 * Replaces invisible characters, and those that change how others are shown, by their code: a bidirectional mark could make
 * a command look like another one. Joiners (U+200C, U+200D) are kept: Persian and emoji need them.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  // oxlint-disable-next-line no-misleading-character-class -- each stands for itself
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2069\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** Also replaced in commands: joiners, variation selectors (except of emoji), and spaces that a shell does not treat as spaces. */
const HIDDEN_IN_COMMANDS =
  // oxlint-disable-next-line no-misleading-character-class -- each stands for itself
  /[\u00A0\u1680\u2000-\u200A\u200C\u200D\u202F\u205F\u2800\u3000\u{E0100}-\u{E01EF}]|(?<!\p{Extended_Pictographic})(?!\uFE0F\u20E3)[\uFE00-\uFE0F]/gu;

/**
 * Full-width and small letters and signs; look-alikes of slash, dot, colon and exclamation mark; a dash where a flag begins.
 */
const LIKE_ASCII =
  /[\uFF01-\uFF5E\uFE50-\uFE6B\u2024\u2044\u2215\u2236\u29F8\uA789\u01C3]|(?<=^|\s)[\u2010-\u2015\u2212]+(?=[\p{L}-])/gu;
const WORD = /[\p{L}\p{M}\p{N}_.-]+/gu;
/** Scripts with letters that look like Latin letters. */
const LIKE_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/gu;

/** In the form U+202E. */
export const codeOf = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
const mark = (text: string): string => Array.from(text, (char) => `⟨${codeOf(char)}⟩`).join('');

/** One line, trimmed unless spaces are to be kept (lines of output). Lone surrogates become U+FFFD. */
export function visible(text: string, spaces: 'collapse' | 'keep-spaces' = 'collapse'): string {
  const shown = text.toWellFormed().replace(HIDDEN, mark);
  return spaces === 'collapse' ? shown.replace(/\s+/g, ' ').trim() : shown;
}

/** Styles that are kept in a tool's output: reset, bold, dim, italic, underline, and colors readable on any background. */
const COLOUR_CODE = '(?:[0-4]|2[2-4]|3[1-6]|39|9[1-6])?';
const COLOUR = new RegExp(`(\\u001b\\[${COLOUR_CODE}(?:;${COLOUR_CODE})*m)`, 'g');

/**
 * Makes text from a file, a tool or another machine safe for a terminal or a window: it cannot move the cursor, remove lines
 * or hide text, because all control sequences except colors are written as codes. `colours`: keep or remove colors.
 */
export function safeToShow(text: string, colours: 'keep' | 'leave-out'): string {
  // Fast path for nearly every text: all text for windows passes here.
  if (text.search(HIDDEN) < 0 && !text.includes('\r') && text.isWellFormed()) return text;
  return text
    .replaceAll('\r\n', '\n')
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 ? (colours === 'keep' ? part : '') : visible(part, 'keep-spaces')))
    .join('')
    .replaceAll('\r', mark);
}

interface Deceptive {
  /** Its offset in the text. */
  readonly index: number;
  readonly text: string;
  /** In the form U+202E. */
  readonly code: string;
  readonly why: 'hidden' | 'look-alike';
}

/** The characters of a command that are invisible or look like others, in order. */
export function deceptiveIn(command: string): readonly Deceptive[] {
  const found = (pattern: RegExp, why: Deceptive['why'], text = command, from = 0): readonly Deceptive[] =>
    [...text.matchAll(pattern)].map(({ 0: char, index }) => ({
      index: from + index,
      text: char,
      code: codeOf(char),
      why,
    }));
  // A word in another script is not deceptive; a word that mixes it with Latin letters is.
  const mixed = [...command.matchAll(WORD)]
    .filter(([word]) => /[A-Za-z]/.test(word))
    .flatMap(({ 0: word, index }) => found(LIKE_LATIN, 'look-alike', word, index));
  return [
    ...found(HIDDEN, 'hidden'),
    ...found(HIDDEN_IN_COMMANDS, 'hidden'),
    ...found(LIKE_ASCII, 'look-alike'),
    ...mixed,
  ].sort((a, b) => a.index - b.index);
}

/** Writes the deceptive characters of a command, or of text with commands, as codes. Lines and spaces are kept. */
export function visibleCommand(text: string): string {
  const wellFormed = text.toWellFormed();
  const parts: string[] = [];
  let reached = 0;
  for (const { index, text: char } of deceptiveIn(wellFormed)) {
    parts.push(wellFormed.slice(reached, index), mark(char));
    reached = index + char.length;
  }
  return parts.join('') + wellFormed.slice(reached);
}

const LETTERS = /(?<!\\)[\p{L}\p{M}]+/gu;
const BESIDE_LATIN =
  // oxlint-disable-next-line no-misleading-character-class -- each stands for itself
  /(?<=[\w$./-])[\u00A0\u1680\u2000-\u200A\u202F\u205F\u2800\u3000]+(?=[\w$"'./-])|(?<=[\w$./-])(?:[\u200C\u200D\u{E0100}-\u{E01EF}]|(?!\uFE0F\u20E3)[\uFE00-\uFE0F])+|(?<!\p{Extended_Pictographic})(?:[\u200C\u200D\u{E0100}-\u{E01EF}]|(?!\uFE0F\u20E3)[\uFE00-\uFE0F])+(?=[\w$./-])|(?<=[A-Za-z0-9])[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]+|[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]+(?=[A-Za-z0-9])|(?<=^|\s)[\u2010-\u2015\u2212]+(?=[A-Za-z-])/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const NOT_ASCII = /[^\u0000-\u007F]/;

/**
 * The same for running text, which may contain commands or names: only characters in or next to a word of Latin letters are
 * replaced. Arabic words need joiners, Japanese sentences full-width signs, and a Russian word after a hyphen is not deceptive.
 */
function markedAmongLatin(text: string, write: (found: string) => string): string {
  // Fast path for nearly every text.
  if (!NOT_ASCII.test(text)) return text;
  return text
    .replace(LETTERS, (word) => (/[A-Za-z]/.test(word) ? word.replace(LIKE_LATIN, write) : word))
    .replace(BESIDE_LATIN, write);
}

/** Like safeToShow, for text that people read in a terminal or on paper: look-alike letters are written as codes too. */
export const readable = (text: string, colours: 'keep' | 'leave-out'): string =>
  markedAmongLatin(safeToShow(text, colours), mark);

const jsonCode = (found: string): string =>
  Array.from({ length: found.length }, (_none, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  );

/** JSON with all characters visible; it parses to the same value. */
export function visibleJson(json: string): string {
  // Line ends are formatting; other control characters are escaped already.
  const shown = markedAmongLatin(json.replace(HIDDEN, jsonCode), jsonCode);
  // A code is written in Latin letters.
  return shown === json ? json : visibleJson(shown);
}
