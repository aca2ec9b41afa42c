import './sparkline.css';

/** Probe results over time: a line of latencies, a cross for each bad answer, a vertical line for each mark. */
export interface SparkPoint {
  readonly at: number;
  readonly ms: number;
  readonly ok: boolean;
}

export interface SparkMark {
  readonly at: number;
  readonly word: string;
}

interface SparklineProps {
  readonly points: readonly SparkPoint[];
  readonly marks?: readonly SparkMark[];
  /** The time span of the chart, ms since the epoch. */
  readonly from: number;
  readonly until: number;
  /** The chart in words. */
  readonly label: string;
}

const WIDTH = 600;
const HEIGHT = 56;
const FLOOR = 46;
const CEILING = 8;

export function Sparkline({ points, marks = [], from, until, label }: SparklineProps) {
  const span = Math.max(1, until - from);
  const x = (at: number): number => Math.round(((at - from) / span) * WIDTH * 10) / 10;
  const slowest = Math.max(100, ...points.map(({ ms }) => ms));
  const y = (ms: number): number => Math.round((FLOOR - (ms / slowest) * (FLOOR - CEILING)) * 10) / 10;
  const bad = points.filter(({ ok }) => !ok);
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      focusable="false"
    >
      <path className="spark__floor" d={`M0 ${FLOOR}H${WIDTH}`} />
      {marks.map(({ at, word }) => (
        <path key={`${word} ${at}`} className="spark__mark" d={`M${x(at)} 0V${HEIGHT}`}>
          <title>{word}</title>
        </path>
      ))}
      {stretches(points).map((stretch) => (
        <polyline
          key={stretch[0]?.at}
          className="spark__line"
          points={stretch.map(({ at, ms }) => `${x(at)},${y(ms)}`).join(' ')}
        />
      ))}
      {bad.map(({ at }) => (
        <path key={at} className="spark__bad" d={`M${x(at)} ${CEILING - 6}V${FLOOR}`} />
      ))}
    </svg>
  );
}

/** Groups of consecutive good answers: the line of a chart breaks where an answer was bad. */
export function stretches<T extends { readonly ok: boolean }>(points: readonly T[]): readonly (readonly T[])[] {
  const found: T[][] = [];
  let open: T[] | null = null;
  for (const point of points) {
    if (!point.ok) open = null;
    else if (open === null) found.push((open = [point]));
    else open.push(point);
  }
  return found;
}
