/** Finds secrets that a single pattern would find slowly or too often: code first finds a candidate, then examines it. */

import { entropyOf } from './secret-names.ts';

/** A part of a text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A JWT begins with `eyJ` and has at least one dot; as one pattern, it would be quadratic for a long run without dots. */
export function jwts(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const run of text.matchAll(/[\w.-]+/g)) {
    const from = run[0].indexOf('eyJ');
    if (from < 0) continue;
    if (/^eyJ[\w-]{5,}\.[\w-]{5,}/.test(run[0].slice(from))) {
      spans.push({ start: run.index + from, end: run.index + run[0].length });
    }
  }
  return spans;
}

/** The longest user information of a URL that is examined, in UTF-16 units. */
const USER_INFO_MAX = 1_024;
const PORT = /^\d{1,5}(?=[/?#,;:)\]}]|$)/;

/**
 * The secret before the @ of a URL: the password, which may have unencoded "/" and "@"; or a user that is a token.
 * `https://api.fly.io:443/x?mail=a@b` and `ssh://git@github.com` have neither.
 */
export function urlSecrets(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const from = at + 3;
    const rest = text.slice(from, from + USER_INFO_MAX);
    const end = rest.search(/[\s"'<>`]/);
    const run = end < 0 ? rest : rest.slice(0, end);
    const colon = run.indexOf(':');
    const stop = run.search(/[/?#@]/);
    const sign = run.lastIndexOf('@');
    if (sign <= 0) continue;
    if (colon >= 0 && (stop < 0 || colon < stop)) {
      const secret = run.slice(colon + 1, sign);
      if (secret !== '' && !PORT.test(secret) && !isReference(secret))
        spans.push({ start: from + colon + 1, end: from + sign });
      else if (run[stop] === '@') spans.push(...ofUser(run.slice(0, stop), from));
    } else if (run[stop] === '@') spans.push(...ofUser(run.slice(0, stop), from));
  }
  return spans;
}

/** A user that is a token: one word of letters and digits, but not a name followed by a number. */
const ofUser = (user: string, start: number): readonly Span[] =>
  user.length >= 12 && /^\w+$/.test(user) && /\d/.test(user) && /[A-Za-z]/.test(user) && !/^[a-z_]+\d{1,4}$/i.test(user)
    ? [{ start, end: start + user.length }]
    : [];

const isReference = (text: string): boolean => /^\$\{?[A-Za-z_]\w{0,64}\}?$|^<[\w -]{1,64}>$|^\*+$/.test(text);

/** `Basic` followed by base64 of `user:password`. */
export function basicCredentials(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/(basic[ \t]{1,8})([A-Za-z0-9+/_-]{6,4096}={0,2})/gi)) {
    const [all, before = '', code = ''] = match;
    if (/^[ -~]{0,1024}:[ -~]{0,3072}$/.test(decoded(code))) {
      spans.push({ start: match.index + before.length, end: match.index + all.length });
    }
  }
  return spans;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64, one character for each byte. */
function decoded(code: string): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const char of code.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')) {
    held = ((held << 6) | DIGITS.indexOf(char)) & 0xff_ff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    text += String.fromCharCode((held >> bits) & 255);
  }
  return text;
}

/** Length of an AWS secret access key, and of a PEM line or 48 bytes in base64. Neither has a prefix to find it by. */
const BARE: ReadonlySet<number> = new Set([40, 64]);

/** A base64 word of one of these lengths. Excluded: digests, which have one case or follow their algorithm, and paths, which contain words. */
export function bareKeys(text: string): readonly Span[] {
  const spans: Span[] = [];
  // Check the end of the shortest possible word first: nearly all text is skipped in steps of that length.
  for (let at = SHORTEST - 1; at < text.length; ) {
    let start = at;
    while (start > at - SHORTEST && start >= 0 && isBase64(text, start)) start -= 1;
    start += 1;
    if (at - start + 1 < SHORTEST) {
      at = start + SHORTEST - 1;
      continue;
    }
    while (isBase64(text, start - 1)) start -= 1;
    let end = at + 1;
    while (isBase64(text, end)) end += 1;
    at = end + SHORTEST;
    if (!BARE.has(end - start) || /[=\w.-]/.test(text[end] ?? '') || /[\w.-]/.test(text[start - 1] ?? '')) continue;
    if (isKeyLike(text.slice(start, end))) spans.push({ start, end });
  }
  return spans;
}

const SHORTEST = 40;
const IN_BASE64 = new Uint8Array(128);
for (const char of DIGITS) IN_BASE64[char.charCodeAt(0)] = 1;
/** False outside the text. */
const isBase64 = (text: string, at: number): boolean => IN_BASE64[text.charCodeAt(at)] === 1;

function isKeyLike(key: string): boolean {
  const count = (pattern: RegExp): number => key.match(pattern)?.length ?? 0;
  if (/^\/?(?:[A-Z]?[a-z]+(?:[A-Z][a-z]+)*\d*\/){2}/.test(key)) return false;
  return count(/[a-z]/g) >= 6 && count(/[A-Z]/g) >= 6 && count(/\d/g) >= 1 && entropyOf(key) >= 4.4;
}

const PART_MIN = 10;
const PART_MAX = 76;

/** A part of a key, as the last word of a line. */
const isPartOfKey = (word: string): boolean =>
  word.length >= PART_MIN &&
  word.length <= PART_MAX &&
  /^[A-Za-z0-9+/]+$/.test(word) &&
  /[a-z]/.test(word) &&
  /[A-Z]/.test(word) &&
  /\d/.test(word);

/** This many lines of only base64 are a key, whatever their width. */
const LINES_OF_KEY = 3;

/** Finds keys over several lines: one of 40 or 64 characters, or lines of only base64. */
export function brokenKeys(text: string): readonly Span[] {
  if (!mayBreakKey(text)) return [];
  const spans: Span[] = [];
  const lines = [...text.matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => {
    const { 0: inner = '', index: margin = 0 } = /[^\s│|>\\](?:.*[^\s│|>\\])?/.exec(line) ?? {};
    return { inner, at: index + margin };
  });
  let lone: Span[] = [];
  lines.forEach(({ inner, at }, n) => {
    const blank = Math.max(inner.lastIndexOf(' '), inner.lastIndexOf('\t'));
    const word = inner.slice(blank + 1);
    if (blank < 0 && isPartOfKey(word) && word.length >= 16) {
      lone.push({ start: at, end: at + inner.length });
      if (lone.length === LINES_OF_KEY) spans.push(...lone);
      else if (lone.length > LINES_OF_KEY) spans.push({ start: at, end: at + inner.length });
    } else lone = [];
    if (isPartOfKey(word)) spans.push(...wholeKey(word, at + blank + 1, lines.slice(n + 1, n + 5)));
  });
  return spans;
}

/** True if the last word of any line may be part of a key. Called for every text, so it does not split the text. */
function mayBreakKey(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code === 10 || code === 13) && endsInPart(text, at)) return true;
  }
  return false;
}

/** True if the last word of the line that ends at `lineEnd` may be part of a key. */
export function endsInPart(text: string, lineEnd: number): boolean {
  let end = lineEnd;
  while (end > 0 && MARGIN.has(text[end - 1] ?? '')) end -= 1;
  let start = end;
  while (end - start <= PART_MAX && isBase64(text, start - 1)) start -= 1;
  const before = text[start - 1] ?? '\n';
  return (before === '\n' || MARGIN.has(before)) && isPartOfKey(text.slice(start, end));
}

const MARGIN: ReadonlySet<string> = new Set(' \t\r│|\\');

function wholeKey(
  first: string,
  at: number,
  next: readonly { readonly inner: string; readonly at: number }[],
): readonly Span[] {
  const spans: Span[] = [{ start: at, end: at + first.length }];
  let key = first;
  for (const line of next) {
    const part = /^[A-Za-z0-9+/]+/.exec(line.inner)?.[0] ?? '';
    key += part;
    spans.push({ start: line.at, end: line.at + part.length });
    if (BARE.has(key.length) && isKeyLike(key) && !/[=\w.-]/.test(line.inner[part.length] ?? '')) return spans;
    if (part.length !== line.inner.length) return [];
  }
  return [];
}
