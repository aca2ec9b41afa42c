/** Durations: parsed from what people write, and printed. All in milliseconds. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNIT_WORDS: readonly (readonly [RegExp, number])[] = [
  [/^ms$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, SECOND],
  [/^(?:m|mins?|minutes?)$/i, MINUTE],
  [/^(?:h|hrs?|hours?)$/i, HOUR],
  [/^(?:d|days?)$/i, DAY],
  [/^(?:w|wks?|weeks?)$/i, 7 * DAY],
];

interface Amount {
  readonly least: number;
  readonly most: number;
}

/** Every number with a unit of time in a text, in order; `10-15 min` is one amount. Other words and numbers are ignored. */
function amountsIn(text: string): readonly Amount[] {
  // The lookbehind starts a run of digits only at its beginning, which keeps long ones linear.
  const amounts = /(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:(?:-|–|—|to)\s*(\d+(?:[.,]\d+)?)\s*)?([a-z]+)/gi;
  return [...text.matchAll(amounts)].flatMap(([, first = '', last = first, word = '']): Amount[] => {
    const unit = UNIT_WORDS.find(([words]) => words.test(word))?.[1];
    return unit === undefined ? [] : [{ least: numberOf(first) * unit, most: numberOf(last) * unit }];
  });
}

const numberOf = (digits: string): number => Number(digits.replace(',', '.'));

const sum = (amounts: readonly Amount[]): number => Math.round(amounts.reduce((total, { most }) => total + most, 0));

/** A duration in a hint or the front matter: `90s`, `15m`, `1h30m`, `90d`, `500ms`. null when it is written differently. */
export const parseDuration = (text: string): number | null =>
  /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text) ? sum(amountsIn(text)) : null;

/** Timeframes known to mean "no deadline"; any other without a number is reported. */
const CLOCKLESS =
  /^$|^[-–—]+$|^n\/?a$|^none$|next (?:release|deploy(?:ment)?|sprint|version)|backlog|when convenient|planned/i;

export type Timeframe = { readonly ms: number } | { readonly ms: null; readonly meant: boolean };

/**
 * A timeframe as people write it: `<5 min`, `within 1 hour`, `1 h 30 min`; for `10-15 min` the later end.
 * Without a duration, `meant` is true when the text is known to mean no deadline, such as "Next release".
 */
export function parseTimeframe(text: string): Timeframe {
  const ms = sum(amountsIn(text));
  return ms > 0 ? { ms } : { ms: null, meant: CLOCKLESS.test(text.trim()) };
}

/** The least time a text allows for: "10-30 minutes" is 10, "5 minutes to switch on" is 5. null without a duration. */
export const leastDuration = (text: string): number | null => amountsIn(text)[0]?.least ?? null;

const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
] as const;

/** `4 min 12 s`, `2 h`, `0.4 s`: at most two units, for sentences. A negative one starts with a minus sign. */
export function durationText(ms: number): string {
  if (ms < 0) return `-${durationText(-ms)}`;
  if (ms < SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  const parts: string[] = [];
  let rest = Math.floor(ms / SECOND) * SECOND;
  for (const [size, name] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
    // Only neighbouring units: hours are not followed by seconds.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** Time since detection as `+00:04:12`, `-00:01:00`, `+27:00:05`. */
export function elapsedText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${ms < 0 ? '-' : '+'}${time}`;
}
