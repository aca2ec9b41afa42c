import { Lines } from './place.ts';

/**
 * Tells the line of the source that a part of a command of several lines stands on first; the command's first line when
 * it is not in it. The text is read once for all its parts.
 * @param parts finds them, with the flag `g`: its first group, or else the whole of what it finds.
 */
export function linesWithin(line: number, text: string, parts: RegExp): (part: string) => number {
  const lines = new Lines(text);
  const found = new Map<string, number>();
  for (const { 0: whole, 1: part = whole, index } of text.matchAll(parts)) {
    if (!found.has(part)) found.set(part, line + lines.lineOf(index) - 1);
  }
  return (part) => found.get(part) ?? line;
}
