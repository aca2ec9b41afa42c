/** Private keys are the one secret that spans lines; they are found by their frame, not by a pattern over the body. */

import type { Span } from './rules.ts';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** A frame that is never closed hides at most this many lines: a stray marker must not hide the rest of a deploy. */
const KEY_LINES_MAX = 120;

/** Spans of private key blocks in a whole text; one left open ends after `KEY_LINES_MAX` lines. */
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

/** Follows the lines of one stream: which part of each lies inside a private key. */
export function keyTracker(): (line: string) => readonly Span[] {
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
