/**
 * The time axis of the picture. A watch of half an hour would leave no room for a mitigation of three minutes, so a long
 * end is drawn at a smaller scale, behind a visible break.
 */
export interface TimeScale {
  readonly x: (at: number) => number;
  /** Where the smaller scale begins, or null. */
  readonly breakAt: number | null;
  readonly ticks: readonly number[];
}

export interface Span {
  readonly from: number;
  /** The end of what must be seen in detail. */
  readonly main: number;
  readonly until: number;
}

/** This part of the width is for the end behind the break. */
const END_SHARE = 0.28;

export function timeScale({ from, main, until }: Span, left: number, right: number): TimeScale {
  const width = right - left;
  const broken = main > from && until - main > main - from;
  const bend = broken ? right - width * END_SHARE : right;
  const middle = broken ? main : Math.max(until, from + 1_000);
  const x = (at: number): number =>
    at <= middle
      ? left + ((at - from) / (middle - from)) * (bend - left)
      : bend + ((at - middle) / (until - middle)) * (right - bend);
  const ticks = [
    ...ticksBetween(from, middle, Math.max(2, Math.floor((bend - left) / 90))),
    ...(broken ? ticksBetween(middle, until, 2).filter((at) => x(at) - bend > 40) : []),
  ];
  return { x, breakAt: broken ? middle : null, ticks };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12, 24].map((hours) => hours * HOUR),
];

/** At most `most` round times. */
function ticksBetween(from: number, until: number, most: number): readonly number[] {
  const day = 24 * HOUR;
  const step = STEPS.find((each) => (until - from) / each <= most) ?? Math.ceil((until - from) / most / day) * day;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, n) => first + n * step);
}
