/** The geometry of the latency plot: pure, in the units of its view box. */

export interface Plotted {
  readonly at: number;
  readonly ms: number;
  readonly ok: boolean;
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** Room for the labels: ms at the left, times below. */
export const MARGIN = { left: 56, right: 12, top: 8, bottom: 22 } as const;

/** 1, 2 or 5 times a power of ten, at least `value`. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

/** Steps of the time axis, ms: the smallest that gives at most `most` of them. */
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * 60_000);

/** The times of the axis: whole steps from the start. */
export function timeTicks(from: number, until: number, most = 7): readonly number[] {
  const step = STEPS_MS.find((each) => (until - from) / each <= most) ?? 3_600_000;
  const ticks: number[] = [];
  for (let at = from; at <= until; at += step) ticks.push(at);
  return ticks;
}

export interface Scales {
  readonly x: (at: number) => number;
  readonly y: (ms: number) => number;
  /** The latency at the top of the plot, ms. */
  readonly most: number;
}

/** `threshold`: ms; it is always inside the plot. */
export function scalesOf(
  points: readonly Plotted[],
  { from, until, threshold }: { readonly from: number; readonly until: number; readonly threshold: number },
  { width, height }: PlotSize,
): Scales {
  const slowest = Math.max(threshold, ...points.filter(({ ok }) => ok).map(({ ms }) => ms));
  const most = roundUp(slowest * 1.1);
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const span = Math.max(1, until - from);
  return {
    most,
    x: (at) => tenth(MARGIN.left + ((Math.min(Math.max(at, from), until) - from) / span) * inner.width),
    y: (ms) => tenth(MARGIN.top + (1 - Math.min(ms, most) / most) * inner.height),
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/**
 * A latency above this is worth a look: three times the median of the first ten good answers, at least 500 ms. It decides
 * nothing.
 */
export function slowAbove(points: readonly Plotted[]): number {
  const first = points
    .filter(({ ok }) => ok)
    .slice(0, 10)
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b);
  const median = first[Math.floor(first.length / 2)] ?? 0;
  return Math.max(500, roundUp(median * 3));
}
