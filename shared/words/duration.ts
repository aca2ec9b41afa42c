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

/** A duration in a text: a span, or the two ends of a range. */
interface Span {
  readonly least: number;
  readonly most: number;
  /** ms of its smallest unit. */
  readonly unit: number;
  readonly start: number;
  readonly end: number;
}

const COUNT = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+:[0-5]\d|\d+\s*\/\s*\d+|\d+(?:[.,]\d+)?|½|(?:(?:a\s+)?quarter\s+of\s+an?|three[-\s]quarters?\s+of\s+an?|(?:a\s+)?half(?:\s+an?)?|(?:a\s+)?quarter|an?|one|two|three|four|five|six|ten|fifteen|thirty)(?=\s)`;
const NUMBER_WORDS: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  fifteen: 15,
  thirty: 30,
};

/** `1.000` is a thousand in some countries and one in others. */
const THOUSAND_OR_ONE = /^\d{1,3}\.\d{3}$/;

/** The lookbehind starts a run of digits only at its beginning, which keeps long ones linear. */
const AMOUNT = new RegExp(
  `(?<![\\d.,:/])(?<![a-z](?=[a-z]))(${COUNT})\\s*(?:(?:-|–|—|to)\\s*(${COUNT})\\s*)?-?([a-z]+)(?![a-z])`,
  'gi',
);

/** Every duration in a text, in order; `1 h 30 min` and `10-15 min` are one each. Other words and numbers are ignored. */
function spansIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { 0: whole, 1: first = '', 2: last = first, 3: word = '', index } of text.matchAll(AMOUNT)) {
    const unit = UNIT_WORDS.find(([words]) => words.test(word))?.[1];
    if (unit === undefined || THOUSAND_OR_ONE.test(first) || THOUSAND_OR_ONE.test(last)) continue;
    const next = { least: msOf(first, unit), most: msOf(last, unit), unit, start: index, end: index + whole.length };
    const before = spans.at(-1);
    const joined = before === undefined ? null : join(before, next, text.slice(before.end, index));
    if (joined === null) spans.push(next);
    else spans[spans.length - 1] = joined;
  }
  return spans;
}

/** `1 h` and `30 min` are one span, `5 min` and `10 min` with a dash between them one range. */
function join(before: Span, next: Span, between: string): Span | null {
  const { unit, end } = next;
  if (/^\s*(?:-|–|—|to)\s*$/.test(between) && next.most >= before.least)
    return { ...before, most: next.most, unit, end };
  const single = before.least === before.most && next.least === next.most;
  if (!single || unit >= before.unit || !/^\s*(?:,|and)?\s*$/.test(between)) return null;
  return { ...before, least: before.least + next.least, most: before.most + next.most, unit, end };
}

/** `1:30` hours is an hour and a half, `1:30` minutes a minute and a half. */
function msOf(count: string, unit: number): number {
  const flat = count.toLowerCase().replace(/\s+/g, ' ');
  if (/^(?:a )?half/.test(flat)) return unit / 2;
  if (/^(?:a )?quarter/.test(flat)) return unit / 4;
  if (/^three.quarter/.test(flat)) return unit * 0.75;
  const word = NUMBER_WORDS[flat];
  if (word !== undefined) return word * unit;
  const [whole = '', part] = flat.split(/[:/]/);
  if (flat.includes('/')) return Number(part) === 0 ? 0 : (Number(whole) / Number(part)) * unit;
  if (part !== undefined) return (Number(whole) + Number(part) / 60) * unit;
  return (/^\d{1,3}(?:,\d{3})+/.test(flat) ? Number(flat.replaceAll(',', '')) : Number(flat.replace(',', '.'))) * unit;
}

/** A duration in a hint or the front matter: `90s`, `15m`, `1h30m`, `90d`, `500ms`. null when it is written differently. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)];
  return Math.round(
    parts.reduce(
      (total, [, count = '', word = '']) =>
        total + Number(count) * (UNIT_WORDS.find(([units]) => units.test(word))?.[1] ?? 0),
      0,
    ),
  );
}

/** Timeframes known to mean "no deadline"; any other without a number is reported. */
const CLOCKLESS =
  /^$|^[-–—]+$|^n\/?a$|^none$|next (?:release|deploy(?:ment)?|sprint|version)|backlog|when convenient|planned/i;

export type Timeframe = { readonly ms: number } | { readonly ms: null; readonly meant: boolean };

/**
 * A timeframe as people write it: `<5 min`, `within 1 hour`, `1 h 30 min`; for `10-15 min` the later end. It has one span or
 * one range, which may be said twice: "1 hour (60 minutes)". With two different ones, nothing tells which is meant.
 * Without a duration, `meant` is true when the text is known to mean no deadline, such as "Next release".
 */
export function parseTimeframe(text: string): Timeframe {
  const exact = parseDuration(text.trim());
  if (exact !== null && exact > 0) return { ms: exact };
  const spans = spansIn(text);
  const all = [...new Set(spans.map(({ most }) => Math.round(most)))];
  const [ms = 0] = all;
  if (all.length === 1 && ms > 0 && !hasOtherNumbers(text, spans)) return { ms };
  return { ms: null, meant: all.length === 0 && CLOCKLESS.test(text.trim()) };
}

/** A number beside the duration may belong to it: "1/30m", "5-10-15 min", "an hour and a half". */
const hasOtherNumbers = (text: string, spans: readonly Span[]): boolean =>
  /\d|½|¼|¾|\b(?:half|quarters?)\b/i.test(
    spans.toReversed().reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text),
  );

/** The least time a text allows for: "10-30 minutes" is 10, "5 minutes to switch on" is 5. null without a duration. */
export const leastDuration = (text: string): number | null => spansIn(text)[0]?.least ?? null;

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
