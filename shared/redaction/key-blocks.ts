/** Finds private keys over several lines, by their BEGIN and END lines. */

import type { Span } from './found-by-code.ts';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** An unclosed BEGIN hides at most this many lines, so that a stray one does not hide the rest of a deploy. */
const KEY_LINES_MAX = 120;

/** The private key blocks in a whole text; an unclosed one ends after `KEY_LINES_MAX` lines. */
export function keyBlocks(text: string): readonly Span[] {
  if (!text.includes('PRIVATE KEY')) return [];
  const spans: Span[] = [];
  let from = 0;
  for (;;) {
    const start = indexOf(BEGIN, text, from);
    if (start === null) return spans;
    const limit = afterLines(text, start.start, KEY_LINES_MAX);
    const close = indexOf(END, text.slice(0, limit), start.end);
    const end = close?.end ?? limit;
    spans.push({ start: start.start, end });
    from = end;
  }
}

/** Public blocks, whose lines look like those of a private key. */
const OPEN_BLOCK = /-----BEGIN (?!.{0,40}PRIVATE KEY)[A-Z0-9 ]{1,40}-----/;
const BODY = /^[A-Za-z0-9+/]+={0,2}$/;
/** Lengths of a full line of a body: PEM (RFC 7468), OpenSSH, MIME. */
const FULL: ReadonlySet<number> = new Set([64, 70, 76]);

/**
 * Follows the lines of one stream and returns the part of each that belongs to a private key. A body without its first line
 * is recognized by full lines of the same length. `start` and `end`: the line without its margins.
 */
export function keyTracker(): (line: string, start: number, end: number) => readonly Span[] {
  const framed = framedTracker();
  let open = false;
  let body = false;
  return (line, start, end) => {
    const spans = framed(line);
    if (spans.length > 0) return spans;
    if (line.includes('-----')) {
      open = OPEN_BLOCK.test(line);
      body = false;
      return [];
    }
    const length = end - start;
    if (open || length === 0 || length > 76 || !(body || FULL.has(length))) {
      body &&= length === 0;
      return [];
    }
    const text = line.slice(start, end);
    body = BODY.test(text) && (body ? length >= 16 || FULL.has(length) || text.endsWith('=') : isBase64(text));
    return body ? [{ start, end }] : [];
  };
}

/** Digests have letters of one case only. */
const isBase64 = (text: string): boolean => /[a-z]/.test(text) && /[G-Z]/.test(text) && /\d/.test(text);

function framedTracker(): (line: string) => readonly Span[] {
  let left = 0;
  return (line) => {
    if (left === 0 && !line.includes('PRIVATE KEY')) return [];
    const spans: Span[] = [];
    let at = 0;
    for (;;) {
      if (left === 0) {
        const start = indexOf(BEGIN, line, at);
        if (start === null) return spans;
        left = KEY_LINES_MAX;
        at = start.start;
      }
      const close = indexOf(END, line, at);
      if (close === null) {
        left -= 1;
        if (at < line.length) spans.push({ start: at, end: line.length });
        return spans;
      }
      left = 0;
      spans.push({ start: at, end: close.end });
      at = close.end;
    }
  };
}

function indexOf(pattern: RegExp, text: string, from: number): Span | null {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? null : { start: match.index, end: match.index + match[0].length };
}

function afterLines(text: string, from: number, lines: number): number {
  let at = from;
  for (let n = 0; n < lines; n += 1) {
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return text.length;
  }
  return at - 1;
}
