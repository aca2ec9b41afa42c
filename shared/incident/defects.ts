/** What people found wrong in the runbook during an incident, as it stands after corrections. */
import type { PayloadOf } from './event.ts';

export interface Defect extends PayloadOf<'runbook.defect'> {
  readonly seq: number;
  /** ms since the epoch of the incident's clock. */
  readonly at: number;
}

/** First and last line, from 1, both included. */
export const linesOf = ({ line, was }: Pick<Defect, 'line' | 'was'>): readonly [number, number] => [
  line,
  line + was.split('\n').length - 1,
];

/** A later one takes the place of those it overlaps; with nothing to change and nothing to say it withdraws them. */
export function withDefect(defects: readonly Defect[], next: Defect): readonly Defect[] {
  const [from, until] = linesOf(next);
  const others = defects.filter((each) => {
    const [first, last] = linesOf(each);
    return last < from || first > until;
  });
  const says = next.was !== next.becomes || next.comment.trim() !== '';
  return (says ? [...others, next] : others).toSorted((a, b) => a.line - b.line);
}
