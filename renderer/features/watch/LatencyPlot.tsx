import { count } from '#shared/words/count.ts';
import { stretches } from '../../ui/Sparkline.tsx';
import { timeOfDay } from '../../ui/time.ts';
import { useWidth } from '../../ui/use-width.ts';
import { MARGIN, type Plotted, scalesOf, slowAbove, timeTicks } from './latency-plot.ts';
import './latency-plot.css';

const HEIGHT = 128;

interface LatencyPlotProps {
  readonly title: string;
  readonly points: readonly Plotted[];
  /** The time span of the plot, ms since the epoch. */
  readonly from: number;
  readonly until: number;
  readonly now: number;
  /** When a person is asked, ms since the epoch. */
  readonly checkpoints: readonly number[];
}

/** Latency over time, with its threshold, the checkpoints, now, and a cross for each bad answer. */
export function LatencyPlot({ title, points, from, until, now, checkpoints }: LatencyPlotProps) {
  const [frame, width] = useWidth();
  const threshold = slowAbove(points);
  const { x, y, most } = scalesOf(points, { from, until, threshold }, { width, height: HEIGHT });
  const floor = HEIGHT - MARGIN.bottom;
  const bad = points.filter(({ ok }) => !ok);
  const last = points.at(-1);
  return (
    <div className="plot" ref={frame}>
      <svg
        className="plot__svg"
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={plotWords(title, points)}
        focusable="false"
      >
        {[0, most / 2, most].map((ms) => (
          <g key={ms}>
            <path className="plot__grid" d={`M${MARGIN.left} ${y(ms)}H${width - MARGIN.right}`} />
            <text className="plot__label" x={MARGIN.left - 8} y={y(ms) + 4} textAnchor="end">
              {ms} ms
            </text>
          </g>
        ))}
        {timeTicks(from, until, width < 500 ? 4 : 7).map((at) => (
          <g key={at}>
            <path className="plot__tick" d={`M${x(at)} ${floor}v4`} />
            <text className="plot__label" x={x(at)} y={HEIGHT - 4} textAnchor={at === from ? 'start' : 'middle'}>
              {timeOfDay(at).slice(0, 5)}
            </text>
          </g>
        ))}
        <path className="plot__threshold" d={`M${MARGIN.left} ${y(threshold)}H${width - MARGIN.right}`} />
        <text className="plot__label" x={width - MARGIN.right} y={y(threshold) - 4} textAnchor="end">
          slow above {threshold} ms
        </text>
        {checkpoints.map((at) => (
          <g key={at}>
            <path className="plot__checkpoint" d={`M${x(at)} ${MARGIN.top}V${floor}`} />
            <path className="plot__flag" d={`M${x(at)} ${MARGIN.top}l-6 -3v6z`}>
              <title>Checkpoint at {timeOfDay(at)}</title>
            </path>
          </g>
        ))}
        {now >= until ? null : <path className="plot__now" d={`M${x(now)} ${MARGIN.top}V${floor}`} />}
        {stretches(points).map((stretch) => (
          <polyline
            key={stretch[0]?.at}
            className="plot__line"
            points={stretch.map(({ at, ms }) => `${x(at)},${y(ms)}`).join(' ')}
          />
        ))}
        {bad.map(({ at }) => (
          <path key={at} className="plot__bad" d={`M${x(at)} ${floor}V${MARGIN.top + 10}m-4 -8l8 8m0 -8l-8 8`}>
            <title>Bad answer at {timeOfDay(at)}</title>
          </path>
        ))}
        {last === undefined || !last.ok ? null : <circle className="plot__dot" cx={x(last.at)} cy={y(last.ms)} r={4} />}
      </svg>
    </div>
  );
}

/** "agent: 12 probes, 1 bad, 80 to 120 ms" */
function plotWords(title: string, points: readonly Plotted[]): string {
  const good = points.filter(({ ok }) => ok).map(({ ms }) => ms);
  if (points.length === 0) return `${title}: no answer yet`;
  const range = good.length === 0 ? '' : `, ${Math.min(...good)} to ${Math.max(...good)} ms`;
  return `${title}: ${count(points.length, 'probe')}, ${points.length - good.length} bad${range}`;
}
