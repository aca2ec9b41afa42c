import { useId } from 'react';
import { type IncidentPicture, pictureText } from '#shared/report/picture/incident-picture.ts';
import { STRIP, type StripBar, stripLayout } from '#shared/report/picture/strip-layout.ts';
import { safeToShow } from '#shared/words/visible.ts';
import { count } from '#shared/words/count.ts';
import { useWidth } from '../../ui/use-width.ts';
import './picture.css';

interface PictureStripProps {
  readonly picture: IncidentPicture;
  /** The incident's time while it is open, ms since the epoch; null once it is over. */
  readonly now: number | null;
  /** One picture to assistive technology, where its parts would be too many. */
  readonly asOne?: boolean;
  /** A time as people read it, to the second. */
  readonly time: (at: number) => string;
}

/** The picture of an incident as one strip. Each part has its words, and a form of its own beside its color. */
export function PictureStrip({ picture, now, asOne = false, time }: PictureStripProps) {
  const [frame, width] = useWidth();
  const hatch = useId();
  const {
    marks,
    changes,
    reads,
    dots,
    probeWords,
    ticks,
    breakX,
    now: nowMark,
  } = stripLayout(picture, {
    width,
    now,
    time,
  });
  const part = (words: string) => (asOne ? {} : { role: 'img', 'aria-label': safeToShow(words, 'leave-out') });
  const named = asOne
    ? { role: 'img', 'aria-label': safeToShow(pictureText(picture), 'leave-out') }
    : { role: 'group', 'aria-label': 'Times of the incident' };
  return (
    <div className="picture-strip" ref={frame}>
      <svg className="picture-strip__svg" width={width} height={STRIP.height} focusable="false" {...named}>
        <defs>
          <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className="picture-strip__hatch" width={2.5} height={5} />
          </pattern>
        </defs>
        <path className="picture-strip__floor" d={`M0 ${STRIP.floor}H${width}`} />
        {ticks.map(({ x, label }) => (
          <g key={label} aria-hidden="true">
            <path className="picture-strip__tick" d={`M${x} ${STRIP.floor}v4`} />
            <text className="picture-strip__soft" x={x} y={STRIP.times} textAnchor="middle">
              {label}
            </text>
          </g>
        ))}
        {breakX === null ? null : (
          <path className="picture-strip__break" d={`M${breakX} ${STRIP.floor - 5}l4 3l-4 3l4 3l-4 3`}>
            <title>Smaller scale from here on</title>
          </path>
        )}
        {reads.length === 0 ? null : (
          <g {...part(count(reads.length, 'read-only command'))}>
            {reads.map((bar, index) => (
              <Bar key={`${index} ${bar.words}`} bar={bar} y={STRIP.bars + 3} height={6} hatch={hatch} />
            ))}
          </g>
        )}
        {changes.map((bar, index) => (
          <g key={`${index} ${bar.words}`} {...part(bar.words)}>
            <Bar bar={bar} y={STRIP.bars} height={11} hatch={hatch} />
          </g>
        ))}
        {dots.length === 0 ? null : (
          <g {...part(probeWords)}>
            {dots.map(({ x, ok }, index) =>
              ok ? (
                <circle key={`${index} good`} className="picture-strip__good" cx={x} cy={STRIP.probes} r={2.5} />
              ) : (
                <path
                  key={`${index} bad`}
                  className="picture-strip__bad"
                  d={`M${x - 3} ${STRIP.probes - 3}l6 6m0 -6l-6 6`}
                />
              ),
            )}
          </g>
        )}
        {marks.map(({ x, label, isTarget, start, lane }) => {
          const y = STRIP.marksTop + (lane ?? 0) * STRIP.lane;
          return (
            <g key={label} {...part(label)}>
              <path
                className={isTarget ? 'picture-strip__target' : 'picture-strip__mark'}
                d={`M${x} ${lane === null ? STRIP.marksTop + STRIP.lane : y - 9}V${STRIP.floor}`}
              />
              {lane === null ? (
                <title>{label}</title>
              ) : (
                <text className={isTarget ? 'picture-strip__strong' : 'picture-strip__text'} x={start} y={y}>
                  {label}
                </text>
              )}
            </g>
          );
        })}
        {nowMark === null ? null : (
          <g {...part(nowMark.words)}>
            <path className="picture-strip__now" d={`M${nowMark.x} ${STRIP.probes - 8}V${STRIP.floor}l-4 6h8l-4 -6`} />
            <text
              className="picture-strip__text"
              x={nowMark.x + (nowMark.x > width / 2 ? -7 : 7)}
              y={STRIP.times}
              textAnchor={nowMark.x > width / 2 ? 'end' : 'start'}
            >
              now
            </text>
          </g>
        )}
      </svg>
    </div>
  );
}

interface BarProps {
  readonly bar: StripBar;
  readonly y: number;
  readonly height: number;
  readonly hatch: string;
}

const Bar = ({ bar: { x, width, how, words }, y, height, hatch }: BarProps) => (
  <rect
    className={`picture-strip__bar picture-strip__bar--${how}`}
    {...(how === 'failed' ? { fill: `url(#${hatch})` } : {})}
    x={x}
    y={y}
    width={width}
    height={height}
    rx={1.5}
  >
    <title>{words}</title>
  </rect>
);
