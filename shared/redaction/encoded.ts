/** Secrets that stand in a text as codes: `%3A` in an address, `\u003d` and `\x3d` in JSON and in strings of programs. */

import type { Span } from './found-by-code.ts';

/** How far from a code its word is followed, UTF-16 units each way. */
const WORD_MAX = 2_048;
/** Addresses within addresses are encoded twice. */
const TIMES = 2;
const CODE = /%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}/y;
const ENDS_WORD = /[\s"'<>`]/;

/** `find` is asked about each word that has codes in it as it reads without them; answers where the found lies in `text`. */
export function inEncoded(text: string, find: (word: string) => readonly Span[]): readonly Span[] {
  if (!text.includes('%') && !text.includes('\\')) return [];
  const spans: Span[] = [];
  let from = 0;
  for (;;) {
    const at = nextCode(text, from);
    if (at < 0) return spans;
    let start = at;
    while (start > from && at - start < WORD_MAX && !ENDS_WORD.test(text[start - 1] ?? '')) start -= 1;
    let end = at;
    while (end < text.length && end - at < WORD_MAX && !ENDS_WORD.test(text[end] ?? '')) end += 1;
    spans.push(
      ...inWord(text.slice(start, end), find).map((span) => ({ start: start + span.start, end: start + span.end })),
    );
    from = end;
  }
}

function inWord(word: string, find: (word: string) => readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  let reading = word;
  let places = Array.from({ length: word.length + 1 }, (_none, index) => index);
  for (let time = 0; time < TIMES; time += 1) {
    const next = decoded(reading);
    if (next.text === reading) break;
    places = next.places.map((place) => places[place] ?? word.length);
    reading = next.text;
    for (const span of find(reading))
      spans.push({ start: places[span.start] ?? 0, end: places[span.end] ?? word.length });
  }
  return spans;
}

/** One character for each code; `places`: where each character, and the end, was before. */
function decoded(word: string): { readonly text: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let text = '';
  for (let at = 0; at < word.length; ) {
    places.push(at);
    CODE.lastIndex = at;
    const code = CODE.exec(word)?.[0];
    text += code === undefined ? word[at] : String.fromCharCode(Number.parseInt(code.replace(/^%|^\\[ux]/, ''), 16));
    at += code?.length ?? 1;
  }
  places.push(word.length);
  return { text, places };
}

function nextCode(text: string, from: number): number {
  ANY_CODE.lastIndex = from;
  return ANY_CODE.exec(text)?.index ?? -1;
}

const ANY_CODE = /%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}/g;
