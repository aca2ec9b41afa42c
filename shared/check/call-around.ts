import type { Call, Script, Span } from './script.ts';

/** Calls in the order in which they begin, each with the place of the innermost one around it (-1: none). */
interface Nested {
  readonly calls: readonly Call[];
  readonly around: readonly number[];
}

const NESTED = new WeakMap<Script, Nested>();

/** The innermost call that a part of a script belongs to. A long script has many calls, and many findings in them. */
export function callAround(script: Script, { pos, end }: Span): Call | undefined {
  const nested = NESTED.get(script) ?? nest(script);
  NESTED.set(script, nested);
  const { calls, around } = nested;
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.pos ?? 0) <= pos) low = middle + 1;
    else high = middle;
  }
  let at = low - 1;
  while (at >= 0 && (calls[at]?.end ?? 0) < end) at = around[at] ?? -1;
  return calls[at];
}

function nest(script: Script): Nested {
  const calls = script.calls.toSorted((a, b) => a.pos - b.pos || b.end - a.end);
  const open: number[] = [];
  const around = calls.map(({ end }, index) => {
    while (open.length > 0 && (calls[open.at(-1) ?? 0]?.end ?? 0) < end) open.pop();
    const innermost = open.at(-1) ?? -1;
    open.push(index);
    return innermost;
  });
  return { calls, around };
}
