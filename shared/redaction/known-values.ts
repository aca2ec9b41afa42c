/**
 * Finds known values in lines of text with an Aho-Corasick automaton: its cost does not grow with the number of values, and
 * it continues over line ends, so that it also finds values that a terminal or a table wrapped.
 */

import type { Span } from './found-by-code.ts';

/** At the end of a line, this many first characters of a value are hidden: the next line may have the rest. */
const BEGUN_MIN = 6;

interface Node {
  readonly next: Map<number, Node>;
  readonly depth: number;
  fail: Node | null;
  /** Length of the longest value that ends here, or 0. */
  found: number;
  /** True if this beginning may be hidden before the rest was seen. */
  begun: boolean;
}

export interface KnownValues {
  readonly longest: number;
  /** Follows one stream, line by line; `start` and `end`: the line without its margins. */
  follow(): (line: string, start: number, end: number) => readonly Span[];
}

const node = (depth: number): Node => ({ next: new Map(), depth, fail: null, found: 0, begun: false });

/** `forms`: all forms of all values (known-secrets.ts). */
export function knownValues(forms: readonly string[]): KnownValues {
  const root = node(0);
  for (const form of forms) {
    let at = root;
    // The beginning of an address is not secret, and neither is less than half of a value.
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
    // A value may be wrapped at a space in it.
    at = at.next.get(0x20) ?? at;
    const spans: Span[] = [];
    for (let index = start; index < end; index += 1) {
      const code = line.charCodeAt(index);
      // True for nearly every character: no value is open, and none begins here.
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
