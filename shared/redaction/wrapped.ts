/**
 * Secrets that a terminal, a table or a formatter broke over lines. What one line has begun, the next one may go on with;
 * margins (blanks, the bars of a table, the backslash of a shell) lie between. Only what surely belongs to a secret is
 * taken: a line of ordinary output behind a token stays as it is.
 */

import { begunSecret, type BegunSecret } from './begun.ts';
import { inEncoded } from './encoded.ts';
import { NAMED_AT_END } from './rules.ts';
import type { Span } from './found-by-code.ts';

/** So much of a line is kept for the next, and so much of the next is looked at with it, UTF-16 units. */
const CARRY_MAX = 60;
const HEAD_MAX = 60;
const TAIL_MAX = 256;
const ENDS_RUN: ReadonlySet<string> = new Set(' \t\f\v\u00a0"\'`<>│┃|(){}[],;\\');

type Open = Pick<BegunSecret, 'left' | 'quoted'> & {
  /** Lines that it goes on over already. */
  readonly lines: number;
};
/** What is never closed hides no more than this: a stray quote must not hide the rest of a deploy. */
const LINES_MAX = 120;

/** What the next line has to begin with: the value of what this one named. */
type Awaited = 'text-in-quotes' | 'indented' | 'word';

export interface Line {
  readonly text: string;
  /** Without its margins. */
  readonly start: number;
  readonly end: number;
  /** What is known to be secret in it already. */
  readonly own: readonly Span[];
}

/** `find` looks into a piece of text. Answers what else is secret in the line. */
export function wrapTracker(find: (piece: string) => readonly Span[]): (line: Line) => readonly Span[] {
  let carry = '';
  // Its last word is an ordinary one: with another such word it is no secret, and most lines are made of them.
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
    // Two lines of one length: something counts the columns.
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
      // A .netrc has plain words only.
      const ordinary = carryIsPlain && !carry.includes('machine ') && beginsPlain(text, start, end);
      for (const span of ordinary ? [] : find(carry + text.slice(start, headEnd))) {
        // A reference or a word is none, whatever goes on behind it.
        if (span.end <= carry.length || /^(?:[$<*]|[A-Za-z]+$)/.test(carry.slice(span.start))) continue;
        const to = start + span.end - carry.length;
        spans.push({
          start: start + Math.max(0, span.start - carry.length),
          end: to === headEnd ? endOfRun(text, to, end) : to,
        });
      }
    }
    awaited = awaitedAfter(text.slice(Math.max(start, end - TAIL_MAX), end), text.slice(end).trim());
    // What this line leaves open for the next one.
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

/** How much of the beginning of a line goes on with what the line before left open. */
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

/** No word, number or name: letters with digits among them, capitals inside, or longer than words are. */
const isMixed = (text: string): boolean =>
  text.length >= 24 ||
  (text.length >= 2 &&
    !/^v?\d+(?:\.\d+)*[smhdkKMGB]*$/.test(text) &&
    ((/\d/.test(text) && /[A-Za-z]/.test(text)) || /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(text)));

/** `margin`: what stands behind the line; of YAML that is no margin. */
function awaitedAfter(line: string, margin: string): Awaited | null {
  if (!/[:=|>+-]$|earer$|asic$/i.test(line) && !line.includes('--')) return null;
  if (!NAMED_AT_END.test(line.slice(-120))) return null;
  if (/["']:$/.test(line)) return 'text-in-quotes';
  if (/^[|>][+-]?(?:\s*│)?$/.test(margin) || /[>|][+-]$/.test(line)) return 'indented';
  // Nothing is printed behind a prompt.
  return /pass(?:word|phrase)[^:="']{0,80}:$/i.test(line) ? null : 'word';
}

function valueOf(awaited: Awaited, text: string, start: number, end: number): Span | null {
  const quote = text[start] ?? '';
  if (quote === '"' || quote === "'") {
    // The name of a next field is none.
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

/** Its last word has nothing but small letters, or digits. */
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
