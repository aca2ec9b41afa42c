/**
 * Finds known values in lines of text with an automaton (Aho and Corasick 1975): its cost grows with the text, not with
 * the number of values, and it goes on over the end of a line, so that a value that a terminal or a table wrapped is
 * found as well.
 */

import type { Span } from './found-by-code.ts';

/** From here on the beginning of a value at the end of a line is taken for the value: the next line may have the rest. */
const BEGUN_MIN = 6;

interface Node {
  readonly next: Map<number, Node>;
  readonly depth: number;
  fail: Node | null;
  /** Length of the longest value that ends here; 0: none. */
  found: number;
  /** The beginning of something that may be hidden before all of it was seen. */
  begun: boolean;
}

export interface KnownValues {
  readonly longest: number;
  /** Of one stream, line by line; `start` and `end`: the line without its margins. */
  follow(): (line: string, start: number, end: number) => readonly Span[];
}

const node = (depth: number): Node => ({ next: new Map(), depth, fail: null, found: 0, begun: false });

/** `forms`: every way in which a value may be written (known-secrets.ts). */
export function knownValues(forms: readonly string[]): KnownValues {
  const root = node(0);
  for (const form of forms) {
    let at = root;
    // The beginning of an address is no secret, and neither is half a value.
    const begunFrom = /^[a-z][a-z0-9+.-]*(?::|%3a)/i.test(form) ? Math.max(32, form.length / 2) : BEGUN_MIN;
    for (let index = 0; index < form.length; index += 1) {
      const code = form.charCodeAt(index);
      const next = at.next.get(code) ?? node(at.depth + 1);
      at.next.set(code, next);
      at = next;
      if (at.depth >= begunFrom) at.begun = true;
    }
    at.found = form.length;
  }
  const queue = [...root.next.values()];
  for (const each of queue) each.fail = root;
  for (const each of queue) {
    for (const [code, next] of each.next) {
      let fail = each.fail;
      while (fail !== null && !fail.next.has(code)) fail = fail.fail;
      next.fail = fail?.next.get(code) ?? root;
      next.found = Math.max(next.found, next.fail.found);
      queue.push(next);
    }
  }
  return { longest: forms[0]?.length ?? 0, follow: () => follower(root) };
}

function follower(root: Node): ReturnType<KnownValues['follow']> {
  let at = root;
  const begins = root.next;
  return (line, start, end) => {
    if (root.next.size === 0 || end === start) return [];
    // A value may be broken at its own blank.
    at = at.next.get(0x20) ?? at;
    const spans: Span[] = [];
    for (let index = start; index < end; index += 1) {
      const code = line.charCodeAt(index);
      // Nearly every character: nothing is begun, and it begins nothing.
      if (at === root && !begins.has(code)) continue;
      at = step(root, at, code);
      if (at.found > 0) spans.push({ start: Math.max(start, index + 1 - at.found), end: index + 1 });
    }
    const begun = begunAt(at);
    if (begun > 0) spans.push({ start: Math.max(start, end - begun), end });
    return spans;
  };
}

function step(root: Node, from: Node, code: number): Node {
  let at: Node | null = from;
  while (at !== null) {
    const next = at.next.get(code);
    if (next !== undefined) return next;
    at = at.fail;
  }
  return root;
}

function begunAt(from: Node): number {
  for (let at: Node | null = from; at !== null; at = at.fail) if (at.begun) return at.depth;
  return 0;
}
