/** A unified diff of two texts, as `diff -u` and `git apply` know it. */

/** Lines around a change. */
const CONTEXT = 3;

interface Line {
  readonly kind: ' ' | '-' | '+';
  readonly text: string;
}

/** One line of a change, as people look at it. */
export interface DiffLine extends Line {
  /** Its number in the text before, from 1; null when it is new. */
  readonly before: number | null;
  /** Its number in the text after; null when it was taken out. */
  readonly after: number | null;
}

/** Each place that changed, with three lines around it. Empty when the texts are the same. */
export function diffHunks(before: string, after: string): readonly (readonly DiffLine[])[] {
  const lines = compare(toLines(before), toLines(after));
  let old = 0;
  let now = 0;
  const numbered = lines.map(({ kind, text }): DiffLine => {
    if (kind !== '+') old += 1;
    if (kind !== '-') now += 1;
    return { kind, text: text.replace('\0', ''), before: kind === '+' ? null : old, after: kind === '-' ? null : now };
  });
  return hunksOf(lines).map(([from, to]) => numbered.slice(from, to));
}

/** '' when the texts are the same. */
export function unifiedDiff(
  before: string,
  after: string,
  names: { readonly from: string; readonly to: string },
): string {
  const lines = compare(toLines(before), toLines(after));
  const hunks = hunksOf(lines);
  if (hunks.length === 0) return '';
  return [`--- ${names.from}`, `+++ ${names.to}`, ...hunks.map((hunk) => printHunk(lines, hunk))]
    .join('\n')
    .concat('\n');
}

/** A last line without an end is told apart from one with it. */
const toLines = (text: string): readonly string[] =>
  text === '' ? [] : text.endsWith('\n') ? text.slice(0, -1).split('\n') : `${text}\0`.split('\n');

/** Myers' greedy algorithm: fast where two texts differ in few places, as here. */
function compare(a: readonly string[], b: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const same = (text: string): Line => ({ kind: ' ', text });
  return [
    ...a.slice(0, head).map(same),
    ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

function between(a: readonly string[], b: readonly string[]): readonly Line[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  const reach = (k: number): number => furthest.get(k) ?? -1;
  for (let d = 0; d <= a.length + b.length; d += 1) {
    trace.push(furthest);
    const next = new Map(furthest);
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && reach(k - 1) < reach(k + 1)) ? reach(k + 1) : reach(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      furthest = next;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace, d);
    }
  }
  return [];
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly Map<number, number>[],
  depth: number,
): readonly Line[] {
  const lines: Line[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = depth; d >= 0; d -= 1) {
    const furthest = trace[d] ?? new Map<number, number>();
    const reach = (k: number): number => furthest.get(k) ?? -1;
    const k = x - y;
    const from = k === -d || (k !== d && reach(k - 1) < reach(k + 1)) ? k + 1 : k - 1;
    const startX = d === 0 ? 0 : reach(from);
    const startY = d === 0 ? 0 : startX - from;
    while (x > startX && y > startY) {
      x -= 1;
      y -= 1;
      lines.push({ kind: ' ', text: a[x] ?? '' });
    }
    if (d === 0) break;
    if (x > startX) lines.push({ kind: '-', text: a[(x -= 1)] ?? '' });
    else lines.push({ kind: '+', text: b[(y -= 1)] ?? '' });
  }
  return lines.reverse();
}

type Hunk = readonly [from: number, to: number];

function hunksOf(lines: readonly Line[]): readonly Hunk[] {
  const hunks: [number, number][] = [];
  lines.forEach(({ kind }, index) => {
    if (kind === ' ') return;
    const last = hunks.at(-1);
    if (last !== undefined && index - last[1] <= 2 * CONTEXT) last[1] = index + 1;
    else hunks.push([index, index + 1]);
  });
  return hunks.map(([from, to]) => [Math.max(0, from - CONTEXT), Math.min(lines.length, to + CONTEXT)]);
}

function printHunk(lines: readonly Line[], [from, to]: Hunk): string {
  const shown = lines.slice(from, to);
  const before = lines.slice(0, from);
  const side = (skip: '+' | '-'): string => {
    const count = shown.filter(({ kind }) => kind !== skip).length;
    const start = before.filter(({ kind }) => kind !== skip).length + (count === 0 ? 0 : 1);
    return count === 1 ? `${start}` : `${start},${count}`;
  };
  const body = shown.map(({ kind, text }) =>
    text.endsWith('\0') ? `${kind}${text.slice(0, -1)}\n\\ No newline at end of file` : kind + text,
  );
  return [`@@ -${side('+')} +${side('-')} @@`, ...body].join('\n');
}
