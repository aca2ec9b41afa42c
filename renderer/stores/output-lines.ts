/** Where lines of output belong: by their number, whatever was skipped or dropped before them. Pure but for `into`. */
import type { CallResult } from '#shared/contract/calls.ts';
import type { OutputBatch } from '#shared/contract/pushes.ts';

export interface Line {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Of a very long output the store keeps the beginning and the end; what was between is gone for good. */
export const NOT_KEPT: Line = {
  stream: 'stderr',
  text: '(not kept: only the beginning and the end of this output are)',
};

/** Lines that were skipped for a slow window stand before `from`; they stay a hole. */
export function placeBatch(into: (Line | undefined)[], batch: Pick<OutputBatch, 'from' | 'lines'>): void {
  for (const [index, line] of batch.lines.entries()) into[batch.from + index] = line;
}

/** A page answers with the first stored lines that are not before `from`, so they may begin later than asked for. */
export function placePage(
  into: (Line | undefined)[],
  from: number,
  count: number,
  page: CallResult<'run.lines'>,
): void {
  for (const { n, stream, text } of page.lines) into[n] = { stream, text };
  const next = page.lines.find(({ n }) => n >= from)?.n ?? from;
  for (let n = from; n < Math.min(next, from + count); n += 1) into[n] ??= NOT_KEPT;
  for (const [index, line] of page.lines.entries()) {
    const after = page.lines[index + 1]?.n ?? line.n + 1;
    for (let n = line.n + 1; n < Math.min(after, from + count); n += 1) into[n] ??= NOT_KEPT;
  }
}
