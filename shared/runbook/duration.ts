const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `15m`, `1h30m`, `90d` in milliseconds; null when it is written otherwise. */
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

/** Timeframes that are meant to have no clock; anything else without a number is worth a question. */
const CLOCKLESS =
  /^$|^[-–—]+$|^n\/?a$|^none$|next (?:release|deploy(?:ment)?|sprint|version)|backlog|when convenient|planned/i;

export type Timeframe = { readonly ms: number } | { readonly ms: null; readonly meant: boolean };

/**
 * What people write into a timeframe cell: `<5 min`, `within 1 hour`, `10-15 min` (the later end), `1 h 30 min`.
 * `meant` is true for those known to have no clock, such as "Next release".
 */
export function parseTimeframe(text: string): Timeframe {
  // Each row of digits is tried from its beginning alone.
  const range = /(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:-|–|—|to)\s*(?=\d)/gi;
  let total = 0;
  for (const [, count = '', unit = ''] of text.replace(range, '').matchAll(/(?<!\d)(\d+(?:[.,]\d+)?)\s*([a-z]+)/gi)) {
    total += Number(count.replace(',', '.')) * (WORDS.find(([word]) => word.test(unit))?.[1] ?? 0);
  }
  return total > 0 ? { ms: Math.round(total) } : { ms: null, meant: CLOCKLESS.test(text.trim()) };
}
