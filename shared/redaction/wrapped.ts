import { inEncoded } from './encoded.ts';
import { NAMED_AT_END } from './rules.ts';
import type { Span } from './found-by-code.ts';
import { SECRET_ENDING } from './secret-names.ts';
import { begunToken } from './token-shapes.ts';

/**
 * Finds secrets that a terminal, a table or a formatter wrapped over lines, with margins in between (white space, the bars of
 * a table, the backslash of a shell). Only text that certainly belongs to a secret is hidden: an ordinary line after a token
 * is not.
 */

/** How much of the end of a line, and of the start of the next one, is searched together, in UTF-16 units. */
const CARRY_MAX = 60;
const HEAD_MAX = 60;
const TAIL_MAX = 256;
const ENDS_RUN: ReadonlySet<string> = new Set(' \t\f\v\u00a0"\'`<>│┃|(){}[],;\\');

type Open = Pick<BegunSecret, 'left' | 'quoted'> & {
  /** Number of lines that it covers so far. */
  readonly lines: number;
};
/** An unclosed secret hides at most this many lines, so that a stray quote does not hide the rest of a deploy. */
const LINES_MAX = 120;

/** The next line has to begin with the value that this line named. */
type Awaited = 'text-in-quotes' | 'indented' | 'word';

export interface Line {
  readonly text: string;
  /** The line without its margins. */
  readonly start: number;
  readonly end: number;
  /** The secrets found in it so far. */
  readonly own: readonly Span[];
}

/** `find` searches a piece of text. Returns the additional secrets in the line. */
export function wrapTracker(find: (piece: string) => readonly Span[]): (line: Line) => readonly Span[] {
  let carry = '';
  // Most lines end with an ordinary word, which does not begin a secret.
  let carryIsPlain = false;
  let width = 0;
  let open: Open | null = null;
  let awaited: Awaited | null = null;
  return ({ text, start, end, own }) => {
    if (start === end) {
      carry = '';
      open = null;
      return [];
    }
    // Two lines of the same length: the text was wrapped at a column.
    const even = width === text.length && width >= 16;
    width = text.length;
    const spans: Span[] = [];
    let left: Open | null = null;
    let before = '';
    if (awaited !== null) {
      const value = valueOf(awaited, text, start, end);
      if (value !== null) spans.push(value);
    } else if (open !== null) {
      const taken = continued(open, text, start, end, even);
      if (taken > 0) spans.push({ start, end: start + taken });
      if (taken > 0 && start + taken === end)
        left = { ...open, left: open.left === null ? null : open.left - taken, lines: open.lines + 1 };
    } else if (carry !== '' && !/[=:][ \t]*$|:\d{1,5}$/.test(carry)) {
      before = carry;
      const headEnd = Math.min(end, start + HEAD_MAX);
      // A .netrc file has only plain words.
      const ordinary = carryIsPlain && !carry.includes('machine ') && beginsPlain(text, start, end);
      for (const span of ordinary ? [] : find(carry + text.slice(start, headEnd))) {
        // A reference or an ordinary word is not a secret, whatever follows.
        if (span.end <= carry.length || /^(?:[$<*]|[A-Za-z]+$)/.test(carry.slice(span.start))) continue;
        const to = start + span.end - carry.length;
        spans.push({
          start: start + Math.max(0, span.start - carry.length),
          end: to === headEnd ? endOfRun(text, to, end) : to,
        });
      }
    }
    awaited = awaitedAfter(text.slice(Math.max(start, end - TAIL_MAX), end), text.slice(end).trim());
    // What continues on the next line.
    const single = endOfRun(text, start, end) === end;
    const tail = text.slice(Math.max(start, end - TAIL_MAX), end);
    const joined = end - start <= TAIL_MAX ? before + tail : tail;
    const plain = endsPlain(text, start, end) && (before === '' || carryIsPlain || !single);
    const begun = plain && !joined.includes('"') ? null : (begunSecret(joined) ?? begunEncoded(joined));
    if (begun !== null) spans.push({ start: Math.max(start, end - (joined.length - begun.index)), end });
    const reaches = [...own, ...spans].some((span) => span.end === end);
    if (left !== null && begun === null) open = left;
    else open = reaches ? { left: begun?.left ?? null, quoted: begun?.quoted ?? false, lines: 0 } : null;
    if (open !== null && (open.lines > LINES_MAX || (open.left !== null && open.left <= 0))) open = null;
    carryIsPlain = plain;
    carry = open !== null || reaches ? '' : ((single || even ? before : '') + tail).slice(-CARRY_MAX);
    return spans;
  };
}

function begunEncoded(text: string): BegunSecret | null {
  const spans = inEncoded(text, (word) => {
    const begun = begunSecret(word);
    return begun === null ? [] : [{ start: begun.index, end: word.length }];
  });
  const last = spans.findLast((span) => span.end === text.length);
  return last === undefined ? null : { index: last.start, left: null, quoted: false };
}

/** How much of the beginning of a line continues the open secret of the line before. */
function continued({ left, quoted }: Open, text: string, start: number, end: number, even: boolean): number {
  if (quoted) {
    const close = text.indexOf('"', start);
    if (close < 0 || close >= end) return end - start;
    return close - start - (text[close - 1] === '\\' ? 1 : 0);
  }
  const runEnd = endOfRun(text, start, end);
  const word = /^[\w+/=.~%@!$^&*:-]*/.exec(text.slice(start, runEnd))?.[0] ?? '';
  if (word === '' || /^[A-Za-z_][\w.-]*[=:]\w/.test(word)) return 0;
  if (left !== null) {
    const body = /^\w[\w-]*/.exec(word)?.[0] ?? '';
    if (body.length >= left) return left;
    return runEnd === end || isMixed(body) ? body.length : 0;
  }
  if (even) return word.length;
  return isMixed(word) && (runEnd >= end - 1 || word.length >= 6) ? word.length : 0;
}

/** Not a word, number or name: it has letters and digits, capitals inside, or is longer than words are. */
const isMixed = (text: string): boolean =>
  text.length >= 24 ||
  (text.length >= 2 &&
    !/^v?\d+(?:\.\d+)*[smhdkKMGB]*$/.test(text) &&
    ((/\d/.test(text) && /[A-Za-z]/.test(text)) || /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(text)));

/** `margin`: the text after the line. */
function awaitedAfter(line: string, margin: string): Awaited | null {
  if (!/[:=|>+-]$|earer$|asic$/i.test(line) && !line.includes('--')) return null;
  if (!NAMED_AT_END.test(line.slice(-120))) return null;
  if (/["']:$/.test(line)) return 'text-in-quotes';
  if (/^[|>][+-]?(?:\s*│)?$/.test(margin) || /[>|][+-]$/.test(line)) return 'indented';
  // A prompt is the last text of its line.
  return /pass(?:word|phrase)[^:="']{0,80}:$/i.test(line) ? null : 'word';
}

function valueOf(awaited: Awaited, text: string, start: number, end: number): Span | null {
  const quote = text[start] ?? '';
  if (quote === '"' || quote === "'") {
    // The name of the next field is not a value.
    const close = text.indexOf(quote, start + 1);
    if (text[close + 1] === ':') return null;
    return { start: start + 1, end: close < 0 || close > end ? end : close };
  }
  if (awaited === 'text-in-quotes') return null;
  if (awaited === 'indented') return { start, end };
  const runEnd = endOfRun(text, start, end);
  const word = text.slice(start, runEnd);
  return word.length >= 4 && runEnd === end && !/^\/|[:=].|:$|^[A-Z]?[a-z]+$/.test(word)
    ? { start, end: runEnd }
    : null;
}

/** True if the last word has only lowercase letters, or only digits. */
function endsPlain(text: string, start: number, end: number): boolean {
  const is = isSmall(text.charCodeAt(end - 1)) ? isSmall : isDigit;
  let at = end - 1;
  while (at >= start && is(text.charCodeAt(at))) at -= 1;
  return at < start || isBlank(text.charCodeAt(at));
}

function beginsPlain(text: string, start: number, end: number): boolean {
  const is = isSmall(text.charCodeAt(start)) ? isSmall : isDigit;
  let at = start;
  while (at < end && is(text.charCodeAt(at))) at += 1;
  return at === end || isBlank(text.charCodeAt(at));
}

const isSmall = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isBlank = (code: number): boolean => code === 32 || code === 9;

function endOfRun(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !ENDS_RUN.has(text[at] ?? '')) at += 1;
  return at;
}

interface BegunSecret {
  /** Offset of its beginning. */
  readonly index: number;
  /** Number of missing characters; null: not known. */
  readonly left: number | null;
  /** It ends at a quote. */
  readonly quoted: boolean;
}

/** Patterns by the text before the secret (group 1), tried only if the hint occurs. */
const PLACES: readonly (readonly [hint: string, pattern: RegExp, quoted: boolean])[] = [
  // A password before the @ of an address, but not a port.
  ['://', /(:\/\/[^\s:/@"'<>]{0,128}:)(?!\d{1,5}(?:[/?#]|$))(?=[^\s"'<>@]{0,256}\d)[^\s"'<>@]{3,256}$/, false],
  // A user that is a token.
  [
    '://',
    /(:\/\/)(?=[^\s:/@.]{0,256}\d)(?=[^\s:/@.]{0,256}[a-z])(?=[^\s:/@.]{0,256}[A-Z])[^\s:/@.?#"'<>]{10,256}$/,
    false,
  ],
  ['eyJ', /()eyJ[\w-]{8,256}(?:\.[\w-]{0,256}){0,2}$/, false],
  ['asic', /(basic[ \t]{1,8})(?=[A-Za-z0-9+/]{0,256}[a-z])(?=[A-Za-z0-9+/]{0,256}[A-Z])[A-Za-z0-9+/]{8,256}$/i, false],
  [
    '"',
    new RegExp(`((?:${SECRET_ENDING})\\\\?["']?[ \\t]{0,8}(?::|=>|=)[ \\t]{0,8}\\\\?")[^"\\\\]{1,256}$`, 'i'),
    true,
  ],
];

/** A secret that reaches the end of a line and may continue. It is hidden at once, before the next line is known. `text`: the last few hundred characters of the line. */
function begunSecret(text: string): BegunSecret | null {
  // A token has no spaces.
  const from = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t')) + 1;
  const token = begunToken(from === 0 ? text : text.slice(from));
  if (token !== null && (token.left === null || token.left > 0)) {
    return { index: token.index + from, left: token.left, quoted: false };
  }
  for (const [hint, pattern, quoted] of PLACES) {
    if (!text.includes(hint)) continue;
    const match = pattern.exec(text);
    if (match !== null) return { index: match.index + (match[1]?.length ?? 0), left: null, quoted };
  }
  return null;
}
