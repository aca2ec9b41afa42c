/** Selects the rules that may match a text: each has hints, and one pass over the text finds all hints that occur. */

interface Hinted {
  readonly hints: readonly string[];
}

/** Hints have two or more ASCII characters and are case-sensitive. Returns each rule once, in any order. */
export function hintIndex<R extends Hinted>(rules: readonly R[]): (text: string) => ReadonlySet<R> {
  const byPair: (readonly (readonly [hint: string, third: number, rule: R])[] | undefined)[] = [];
  const pairs = new Uint8Array(128 * 128);
  for (const rule of rules) {
    for (const hint of rule.hints) {
      const pair = hint.charCodeAt(0) * 128 + hint.charCodeAt(1);
      pairs[pair] = 1;
      byPair[pair] = [...(byPair[pair] ?? []), [hint, hint.length > 2 ? hint.charCodeAt(2) : -1, rule]];
    }
  }
  return (text) => {
    let found: Set<R> | null = null;
    let first = 128;
    for (let at = 0; at < text.length; at += 1) {
      const second = text.charCodeAt(at);
      if (first < 128 && second < 128 && pairs[first * 128 + second] === 1) {
        const next = text.charCodeAt(at + 1);
        for (const [hint, third, rule] of byPair[first * 128 + second] ?? []) {
          if ((third === next || third < 0) && text.startsWith(hint, at - 1)) (found ??= new Set<R>()).add(rule);
        }
      }
      first = second;
    }
    return found ?? NONE;
  };
}

const NONE: ReadonlySet<never> = new Set<never>();
