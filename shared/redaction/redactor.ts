import { inEncoded } from './encoded.ts';
import { type FollowLine, followedLines } from './followed-lines.ts';
import { keyBlocks } from './key-blocks.ts';
import { secretForms } from './known-secrets.ts';
import { knownValues } from './known-values.ts';
import type { Span } from './found-by-code.ts';
import { hintIndex } from './hint-index.ts';
import { ANY_NAME, RULES } from './rules.ts';

/**
 * Replaces secrets in text before it is stored, shown, copied or exported. Redacting a redacted text changes nothing.
 */

export const REDACTED = '[redacted]';

export interface Redacted {
  readonly text: string;
  /** Number of replaced secrets. */
  readonly count: number;
}

export interface Redactor {
  /** Redacts a whole text, including secrets over several lines. */
  readonly redact: (text: string) => Redacted;
  /** Redacts whole lines of one stream, in order; never joins or drops a line. */
  readonly follow: () => (lines: string) => Redacted;
  /** The spans of the secrets in a piece of one line, merged and in order. */
  readonly spans: (text: string) => readonly Span[];
  /** Length of the longest form of a known secret, in UTF-16 units. */
  readonly longest: number;
}

/** `secrets`: values of the incident's secret variables; values under 6 characters are ignored (known-secrets.ts). */
export function redactor(secrets: readonly string[]): Redactor {
  const known = knownValues(secretForms(secrets));
  const inPiece = (text: string): readonly Span[] => {
    const plain = (piece: string): readonly Span[] => [...byShape(piece), ...known.follow()(piece, 0, piece.length)];
    return [...byShape(text), ...inEncoded(text, plain), ...inQuotedScript(text, plain)];
  };
  const around = (text: string): readonly Span[] => aroundMarks(text, inPiece);
  const follow = (): FollowLine => followedLines(known, around, REDACTED);
  const inText = (text: string): readonly Span[] => {
    const blocks = aroundMarks(text, keyBlocks);
    return merge([...blocks, ...followed(text, around(text), follow())]);
  };
  return {
    redact: (text) => untilStable(text, inText),
    follow: () => {
      const line = follow();
      return (lines) => {
        const spans = merge([...followed(lines, around(lines), line)]);
        if (spans.length === 0) return { text: lines, count: 0 };
        const rest = untilStable(replaceSpans(lines, spans), (text) => merge([...around(text)]));
        return { text: rest.text, count: spans.length + rest.count };
      };
    },
    spans: (text) => merge([...around(text), ...known.follow()(text, 0, text.length)]),
    longest: known.longest,
  };
}

/** Passes each line, with the spans found in it (`own`, offsets in the whole text), to the follower. */
function followed(text: string, own: readonly Span[], follow: FollowLine): readonly Span[] {
  const sorted = own.length < 2 ? own : own.toSorted((a, b) => a.start - b.start);
  const spans: Span[] = [];
  let next = 0;
  let from = 0;
  const take = (to: number): void => {
    const inside: Span[] = [];
    for (; next < sorted.length; next += 1) {
      const span = sorted[next];
      if (span === undefined || span.start >= to) break;
      inside.push({ start: span.start - from, end: span.end - from });
    }
    for (const { start, end } of follow(text.slice(from, to), inside))
      spans.push({ start: start + from, end: end + from });
  };
  let cr = text.indexOf('\r');
  for (let lf = text.indexOf('\n'); lf >= 0 || cr >= 0; ) {
    const end = lf < 0 || (cr >= 0 && cr < lf) ? cr : lf;
    take(end);
    from = end + (end === cr && lf === cr + 1 ? 2 : 1);
    if (cr >= 0 && cr < from) cr = text.indexOf('\r', from);
    if (lf >= 0 && lf < from) lf = text.indexOf('\n', from);
  }
  take(text.length);
  return spans;
}

/** Replaces the spans, which must be merged and in order. */
function replaceSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + REDACTED;
    at = end;
  }
  return result + text.slice(at);
}

/** Repeats until nothing is found: a replacement can turn the text next to it into a secret by the rules. */
function untilStable(text: string, find: (text: string) => readonly Span[]): Redacted {
  let current = text;
  let count = 0;
  for (;;) {
    const spans = find(current);
    if (spans.length === 0) return { text: current, count };
    count += spans.length;
    current = replaceSpans(current, spans);
  }
}

/** Searches only between earlier marks: each pass has less text, so the passes end. */
function aroundMarks(text: string, find: (text: string) => readonly Span[]): readonly Span[] {
  if (!text.includes(REDACTED)) return find(text);
  const spans: Span[] = [];
  let offset = 0;
  for (const part of text.split(REDACTED)) {
    if (part !== '') for (const { start, end } of find(part)) spans.push({ start: start + offset, end: end + offset });
    offset += part.length + REDACTED.length;
  }
  return spans;
}

function merge(spans: Span[]): readonly Span[] {
  if (spans.length < 2) return spans;
  spans.sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) {
      if (span.end > last.end) merged[merged.length - 1] = { start: last.start, end: span.end };
    } else merged.push(span);
  }
  return merged;
}

const NAMED = RULES.filter((rule) => rule.when === 'named');
const ALWAYS = RULES.filter((rule) => rule.when === 'always');
const hinted = hintIndex(
  RULES.flatMap((rule) => (typeof rule.when === 'string' ? [] : [{ hints: rule.when, find: rule.find }])),
);

/** Applies the rules that may match: most lines have none of the hints. */
function byShape(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const rule of hinted(text)) spans.push(...rule.find(text));
  for (const rule of ALWAYS) spans.push(...rule.find(text));
  if (text.includes('=') || text.includes(':') || text.includes('--')) spans.push(...inNamedLines(text));
  return spans;
}

/** These rules are slow, and stay within a line: only lines with a name of a secret are searched. */
function inNamedLines(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = nextOfName(text, 0); at < text.length; ) {
    const start = text.lastIndexOf('\n', at) + 1;
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(start, end);
    if (ANY_NAME.test(line))
      for (const rule of NAMED)
        for (const span of rule.find(line)) spans.push({ start: span.start + start, end: span.end + start });
    at = nextOfName(text, end + 1);
  }
  return spans;
}

/** Every name of a secret has one of these pairs: "ss" of pass, "wd" of pwd, "cr" of secret and credential, and so on. */
const PAIRS = ['ss', 'wd', 'cr', 'ok', 'ke', 'ut', 'lt', '_p', '-p', 'sn', 'jw', 'nn'];
const IN_NAMES = new Uint8Array(128 * 128);
for (const pair of PAIRS)
  for (const [a = '', b = ''] of [
    pair,
    pair.toUpperCase(),
    `${pair[0]}${pair[1]?.toUpperCase()}`,
    `${pair[0]?.toUpperCase()}${pair[1]}`,
  ])
    IN_NAMES[a.charCodeAt(0) * 128 + b.charCodeAt(0)] = 1;

/** Where the next name may be, from `from` on; the length of the text: nowhere. Much faster than the pattern of names. */
function nextOfName(text: string, from: number): number {
  let first = 128;
  for (let at = from; at < text.length; at += 1) {
    const second = text.charCodeAt(at);
    if (first < 128 && second < 128 && IN_NAMES[first * 128 + second] === 1) return at - 1;
    first = second;
  }
  return text.length;
}

/** In a script that is quoted as one word each `'` is written like this (shell-quote.ts). */
const QUOTE = String.raw`'\''`;

/** Calls `find` with the text as the script has it, and returns the found spans as spans of `text`. */
function inQuotedScript(text: string, find: (script: string) => readonly Span[]): readonly Span[] {
  if (!text.includes(QUOTE)) return [];
  const parts = text.split(QUOTE);
  const script = parts.join("'");
  /** Where each part begins in the script; it begins three characters further on in the text for each quote before it. */
  const begins: number[] = [];
  let at = 0;
  for (const part of parts) {
    begins.push(at);
    at += part.length + 1;
  }
  let part = 0;
  const place = (offset: number): number => {
    while (part > 0 && (begins[part] ?? 0) > offset) part -= 1;
    while ((begins[part + 1] ?? Infinity) <= offset) part += 1;
    return offset + part * (QUOTE.length - 1);
  };
  return find(script).map(({ start, end }) => ({ start: place(start), end: place(end) }));
}
