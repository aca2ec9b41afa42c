/** Finds secrets in the lines of one stream, also those that began on an earlier line. */

import { keyTracker } from './key-blocks.ts';
import type { KnownValues } from './known-values.ts';
import type { Span } from './found-by-code.ts';
import { wrapTracker } from './wrapped.ts';

/** Returns the secrets of the next line, not merged. `own`: those found in the line alone. A mark of an earlier pass ends an open secret. */
export type FollowLine = (text: string, own: readonly Span[]) => readonly Span[];

export function followedLines(known: KnownValues, find: (word: string) => readonly Span[], mark: string): FollowLine {
  const key = keyTracker();
  let [values, wrapped] = [known.follow(), wrapTracker(find)];
  return (text, own) => {
    const spans: Span[] = [...own];
    let from = 0;
    // The text before and between marks is searched separately.
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, from)) {
      spans.push(...values(text, ...margins(text, from, at)));
      [values, wrapped] = [known.follow(), wrapTracker(find)];
      from = at + mark.length;
    }
    const [start, end] = margins(text, from, text.length);
    if (text !== mark) spans.push(...key(text, ...margins(text, 0, text.length)));
    spans.push(...values(text, start, end));
    spans.push(...wrapped({ text, start, end, own: spans }));
    return spans;
  };
}

const MARGIN = new Set(' \t│┃|>\\');

/** Start and end of the line without white space, the bars of a table and the backslash of a continued command. */
function margins(text: string, from: number, to: number): readonly [number, number] {
  let start = from;
  let end = to;
  while (start < end && MARGIN.has(text[start] ?? '')) start += 1;
  while (end > start && MARGIN.has(text[end - 1] ?? '')) end -= 1;
  return [start, end];
}
