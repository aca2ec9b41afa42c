/** Line diffs of two texts, in the format of `diff -u` and `git apply`. */
import { count } from '#shared/words/count.ts';
import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatch, type StructuredPatchHunk, structuredPatch } from 'diff';

/** Unchanged lines shown around a change. */
const CONTEXT = 3;
/** Changed lines. With more, everything from the first change to the last is shown as replaced: the cost grows with the square. */
const MOST_EDITS = 2_000;

export interface DiffLine {
  readonly kind: ' ' | '-' | '+';
  readonly text: string;
  /** Line number in the old text, from 1; null when it was added. */
  readonly before: number | null;
  /** Line number in the new text, from 1; null when it was removed. */
  readonly after: number | null;
}

/** The changes, each with three lines around it. Empty when the texts are equal. */
export function diffHunks(before: string, after: string): readonly (readonly DiffLine[])[] {
  return patchOf(before, after, { from: '', to: '' }).hunks.map(numbered);
}

/** '' when the texts are equal. */
export function unifiedDiff(
  before: string,
  after: string,
  names: { readonly from: string; readonly to: string },
): string {
  const patch = patchOf(before, after, names);
  return patch.hunks.length === 0 ? '' : formatPatch(patch, FILE_HEADERS_ONLY);
}

/**
 * For a review: both texts with LF line ends, and a sentence if the line ends changed. Otherwise every line of a file that
 * an editor saved with other line ends would count as changed.
 */
export function withSameLineEnds(
  before: string,
  after: string,
): { readonly before: string; readonly after: string; readonly changed: string | null } {
  const [was, is] = [crlfIn(before), crlfIn(after)];
  const changed =
    (was === 0) === (is === 0) && (was === linesIn(before)) === (is === linesIn(after))
      ? null
      : `Line ends changed: ${was} of ${count(linesIn(before), 'line')} ended with CRLF, now ${is} of ${linesIn(after)} do.`;
  return changed === null ? { before, after, changed } : { before: toLf(before), after: toLf(after), changed };
}

const toLf = (text: string): string => text.replaceAll('\r\n', '\n');
const crlfIn = (text: string): number => text.split('\r\n').length - 1;
const linesIn = (text: string): number => text.split('\n').length - 1;

function patchOf(before: string, after: string, { from, to }: { from: string; to: string }): StructuredPatch {
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  return structuredPatch(from, to, before, after, undefined, undefined, options) ?? replaced(before, after, from, to);
}

/** One hunk from the first changed line to the last. */
function replaced(before: string, after: string, from: string, to: string): StructuredPatch {
  const [a, b] = [linesOf(before), linesOf(after)];
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const start = Math.max(0, head - CONTEXT);
  const [oldEnd, newEnd] = [
    Math.min(a.length, a.length - tail + CONTEXT),
    Math.min(b.length, b.length - tail + CONTEXT),
  ];
  const marked = (mark: string, lines: readonly string[]): readonly string[] =>
    lines.flatMap((line) => (line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, NO_LINE_END]));
  const hunk = {
    oldStart: start + 1,
    oldLines: oldEnd - start,
    newStart: start + 1,
    newLines: newEnd - start,
    lines: [
      ...marked(' ', a.slice(start, head)),
      ...marked('-', a.slice(head, a.length - tail)),
      ...marked('+', b.slice(head, b.length - tail)),
      ...marked(' ', b.slice(b.length - tail, newEnd)),
    ],
  };
  return { oldFileName: from, newFileName: to, oldHeader: undefined, newHeader: undefined, hunks: [hunk] };
}

const NO_LINE_END = '\\ No newline at end of file';

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function numbered({ oldStart, newStart, lines }: StructuredPatchHunk): readonly DiffLine[] {
  let old = oldStart - 1;
  let now = newStart - 1;
  return lines
    .filter((line) => line !== NO_LINE_END)
    .map((line): DiffLine => {
      const kind = line.charAt(0) as DiffLine['kind'];
      if (kind !== '+') old += 1;
      if (kind !== '-') now += 1;
      return { kind, text: line.slice(1), before: kind === '+' ? null : old, after: kind === '-' ? null : now };
    });
}
