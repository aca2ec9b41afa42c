import { count } from '#shared/words/count.ts';
import type { DrillRecord } from '#shared/drills/record.ts';
import { date, duration } from '../../ui/time.ts';
import { useWidth } from '../../ui/use-width.ts';

/** In CSS pixels: one unit of the picture is one of them, so it is sharp on every screen. */
const HEIGHT = 128;
const LEFT = 72;
const TOP = 14;
const BOTTOM = 100;
/** The most drills that fit side by side. */
const SHOWN = 24;

/** Times above this multiple of the target are drawn at the top edge. */
const HIGHEST = 2;

/** The mitigation time of each drill against its target, newest on the right. The table next to it has the same data. */
export function DrillChart({ drills }: { readonly drills: readonly DrillRecord[] }) {
  const [frame, width] = useWidth();
  const shown = drills.filter(hasTarget).slice(0, SHOWN).toReversed();
  if (shown.length === 0) return <p className="soft">No drill with a target was held yet.</p>;
  const step = (width - LEFT) / shown.length;
  const y = (share: number): number => BOTTOM - (Math.min(share, HIGHEST) / HIGHEST) * (BOTTOM - TOP);
  const points = shown.map((drill, index) => {
    const took = counted(drill);
    return {
      drill,
      x: LEFT + step * (index + 0.5),
      y: y(took === null ? HIGHEST : took / drill.targetMs),
      as: took === null ? ('failed' as const) : took > drill.targetMs ? ('over' as const) : ('within' as const),
    };
  });
  const number = (as: 'within' | 'over' | 'failed'): number => points.filter((point) => point.as === as).length;
  const [first, last] = [shown[0], shown.at(-1)];
  return (
    <div ref={frame}>
      <svg className="chart" width={width} height={HEIGHT} role="img" aria-labelledby="chart-title">
        <title id="chart-title">
          {`Mitigation against target in ${count(shown.length, 'drill')}: ${number('within')} within, ${number('over')} over, ${number('failed')} not reached`}
        </title>
        <line className="chart__axis" x1={LEFT} x2={width} y1={BOTTOM} y2={BOTTOM} />
        <line className="chart__target" x1={LEFT} x2={width} y1={y(1)} y2={y(1)} />
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
        {points.map(({ drill, x, y: at, as }) =>
          as === 'failed' ? (
            <path key={drill.id} className="chart__failed" d={`M${x - 5} ${at - 5}l10 10m0 -10l-10 10`}>
              <title>{tip(drill)}</title>
            </path>
          ) : as === 'over' ? (
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
            {shown.length === 1 ? null : (
              <text className="chart__text" x={width} y={HEIGHT - 8} textAnchor="end">
                {date(last.heldAt)}
              </text>
            )}
          </>
        )}
      </svg>
    </div>
  );
}

/** Older records do not have the time that was held against the target. null: the mitigation was not reached. */
const counted = ({ targetElapsedMs, mitigationMs }: DrillRecord): number | null =>
  mitigationMs === null ? null : (targetElapsedMs ?? mitigationMs);

type WithTarget = DrillRecord & { readonly targetMs: number };

const hasTarget = (drill: DrillRecord): drill is WithTarget => drill.targetMs !== null && drill.targetMs > 0;

function tip(drill: WithTarget): string {
  const took = counted(drill);
  const result = took === null ? 'not reached' : duration(took);
  return `${date(drill.heldAt)} ${drill.scenario ?? drill.title}: ${result} of ${duration(drill.targetMs)}`;
}
