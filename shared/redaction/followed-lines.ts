/** Looks at the lines of one stream, one after the other: each by itself, and each as going on with the ones before. */

import { keyTracker } from './key-blocks.ts';
import type { KnownValues } from './known-values.ts';
import type { Span } from './found-by-code.ts';
import { wrapTracker } from './wrapped.ts';

/** Answers the secrets of the next line, not merged. `own`: what was found in it alone. A mark of an earlier pass ends what was open. */
export type FollowLine = (text: string, own: readonly Span[]) => readonly Span[];

export function followedLines(known: KnownValues, find: (word: string) => readonly Span[], mark: string): FollowLine {
  const key = keyTracker();
  let [values, wrapped] = [known.follow(), wrapTracker(find)];
  return (text, own) => {
    const spans: Span[] = [...own];
    let from = 0;
    // What stands before a mark, and between two, is looked at by itself.
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

/** Where the line begins and ends without blanks, the bars of a table and the backslash of a broken command. */
function margins(text: string, from: number, to: number): readonly [number, number] {
  let start = from;
  let end = to;
  while (start < end && MARGIN.has(text[start] ?? '')) start += 1;
  while (end > start && MARGIN.has(text[end - 1] ?? '')) end -= 1;
  return [start, end];
}
