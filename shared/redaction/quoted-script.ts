/** Finds secrets in a script that is quoted as one word: each `'` in it is written `'\''` (shell-quote.ts). */
import type { Span } from './found-by-code.ts';

const QUOTE = String.raw`'\''`;

/** Calls `find` with the text as the script has it, and returns the found spans as spans of `text`. */
export function inQuotedScript(text: string, find: (script: string) => readonly Span[]): readonly Span[] {
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
