const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `15m`, `1h30m`, `90d` in ms; null for any other text. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  return Math.round(total);
}

const WORDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|secs?|seconds?)$/i, UNIT_MS.s],
  [/^(?:m|mins?|minutes?)$/i, UNIT_MS.m],
  [/^(?:h|hrs?|hours?)$/i, UNIT_MS.h],
  [/^(?:d|days?)$/i, UNIT_MS.d],
  [/^(?:w|wks?|weeks?)$/i, 7 * UNIT_MS.d],
];

/** Timeframes without a clock; any other text without a duration is reported. */
const CLOCKLESS =
  /^$|^[-–—]+$|^n\/?a$|^none$|next (?:release|deploy(?:ment)?|sprint|version)|backlog|when convenient|planned/i;

export type Timeframe = { readonly ms: number } | { readonly ms: null; readonly meant: boolean };

/**
 * Reads a timeframe cell: `<5 min`, `within 1 hour`, `10-15 min` (the later end), `1 h 30 min`.
 * `meant`: it has no clock on purpose, such as "Next release".
 */
export function parseTimeframe(text: string): Timeframe {
  // The lookbehind keeps the match linear for a long row of digits.
  const range = /(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:-|–|—|to)\s*(?=\d)/gi;
  let total = 0;
  for (const [, count = '', unit = ''] of text.replace(range, '').matchAll(/(?<!\d)(\d+(?:[.,]\d+)?)\s*([a-z]+)/gi)) {
    total += Number(count.replace(',', '.')) * (WORDS.find(([word]) => word.test(unit))?.[1] ?? 0);
  }
  return total > 0 ? { ms: Math.round(total) } : { ms: null, meant: CLOCKLESS.test(text.trim()) };
}
