import { count } from '#shared/words/count.ts';
import type { DrillRecord } from '#shared/drills/record.ts';
import { date, duration } from '../../ui/time.ts';

/** In SVG units. */
const WIDTH = 640;
const HEIGHT = 176;
const LEFT = 72;
const TOP = 14;
const BOTTOM = 148;
/** The most drills that fit side by side. */
const SHOWN = 24;

/** Times above this multiple of the target are drawn at the top edge. */
const HIGHEST = 2;

/** The mitigation time of each drill against its target, newest on the right. The table next to it has the same data. */
export function DrillChart({ drills }: { readonly drills: readonly DrillRecord[] }) {
  const timed = drills.filter(isTimed).slice(0, SHOWN).toReversed();
  if (timed.length === 0) return <p className="soft">No drill has reached its mitigation yet.</p>;
  const step = (WIDTH - LEFT) / timed.length;
  const y = (share: number): number => BOTTOM - (Math.min(share, HIGHEST) / HIGHEST) * (BOTTOM - TOP);
  const points = timed.map((drill, index) => ({
    drill,
    x: LEFT + step * (index + 0.5),
    y: y(counted(drill) / drill.targetMs),
    over: counted(drill) > drill.targetMs,
  }));
  const [first, last] = [timed[0], timed.at(-1)];
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="chart-title">
      <title id="chart-title">
        {`Mitigation against target in ${count(timed.length, 'drill')}: ${points.filter(({ over }) => !over).length} within, ${points.filter(({ over }) => over).length} over`}
      </title>
      <line className="chart__axis" x1={LEFT} x2={WIDTH} y1={BOTTOM} y2={BOTTOM} />
      <line className="chart__target" x1={LEFT} x2={WIDTH} y1={y(1)} y2={y(1)} />
      <text className="chart__text" x={LEFT - 8} y={y(1) + 4} textAnchor="end">
        target
      </text>
      <text className="chart__text" x={LEFT - 8} y={BOTTOM + 4} textAnchor="end">
        0
      </text>
      <text className="chart__text" x={LEFT - 8} y={TOP + 6} textAnchor="end">
        2 times
      </text>
      <polyline className="chart__line" points={points.map(({ x, y: at }) => `${x},${at}`).join(' ')} />
      {points.map(({ drill, x, y: at, over }) =>
        over ? (
          <path key={drill.id} className="chart__over" d={`M${x} ${at - 7}l7 7-7 7-7-7z`}>
            <title>{tip(drill)}</title>
          </path>
        ) : (
          <circle key={drill.id} className="chart__within" cx={x} cy={at} r={5}>
            <title>{tip(drill)}</title>
          </circle>
        ),
      )}
      {first === undefined || last === undefined ? null : (
        <>
          <text className="chart__text" x={LEFT} y={HEIGHT - 8}>
            {date(first.heldAt)}
          </text>
          {timed.length === 1 ? null : (
            <text className="chart__text" x={WIDTH} y={HEIGHT - 8} textAnchor="end">
              {date(last.heldAt)}
            </text>
          )}
        </>
      )}
    </svg>
  );
}

/** Older records do not have the time that was held against the target. */
const counted = ({ targetElapsedMs, mitigationMs }: Timed): number => targetElapsedMs ?? mitigationMs;

type Timed = DrillRecord & { readonly mitigationMs: number; readonly targetMs: number };

const isTimed = (drill: DrillRecord): drill is Timed =>
  drill.mitigationMs !== null && drill.targetMs !== null && drill.targetMs > 0;

const tip = (drill: Timed): string =>
  `${date(drill.heldAt)} ${drill.scenario ?? drill.title}: ${duration(counted(drill))} of ${duration(drill.targetMs)}`;
