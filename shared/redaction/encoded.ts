/** Finds secrets with encoded characters: `%3A` in an address, `\u003d` and `\x3d` in JSON and in strings of programs. */

import type { Span } from './found-by-code.ts';

/** How far a word is read before and after an encoded character, in UTF-16 units. */
const WORD_MAX = 2_048;
/** An address in an address is encoded twice. */
const TIMES = 2;
const CODE = /%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}/y;
const ENDS_WORD = /[\s"'<>`]/;

/** Decodes each word that has encoded characters and calls `find` with it; returns the found spans as spans of `text`. */
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

/** The decoded text; `places`: the original offset of each character and of the end. */
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
