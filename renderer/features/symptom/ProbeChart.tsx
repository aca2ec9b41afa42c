import type { List } from 'immutable';
import { count } from '#shared/words/count.ts';
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import { type SparkMark, Sparkline } from '../../ui/Sparkline.tsx';
import './probe-chart.css';

interface ProbeChartProps {
  readonly title: string;
  readonly samples: List<Sample>;
  readonly from: number;
  readonly until: number;
  readonly marks?: readonly SparkMark[];
}

/** The answers of one probe over time, as a chart and in words. */
export function ProbeChart({ title, samples, from, until, marks }: ProbeChartProps) {
  // The samples to show are at the end, so the ones of an earlier watch are not visited.
  const shown = samples
    .toSeq()
    .reverse()
    .takeWhile(({ at }) => at >= from)
    .filter(({ at }) => at <= until)
    .reverse()
    .toArray();
  const bad = shown.filter(({ ok }) => !ok).length;
  const good = shown.filter(({ ok }) => ok).map(({ ms }) => ms);
  const words =
    shown.length === 0
      ? 'no answer yet'
      : `${count(shown.length, 'probe')}, ${bad} bad${good.length === 0 ? '' : `, ${Math.min(...good)} to ${Math.max(...good)} ms`}`;
  return (
    <div className="watched__line">
      <p className="watched__head">
        <span className="mono strong">{title}</span>
        <span className={bad > 0 ? 'tone-bad small tabular' : 'soft small tabular'}>{words}</span>
      </p>
      <Sparkline
        points={shown}
        from={from}
        until={until}
        label={`${title}: ${words}`}
        {...(marks === undefined ? {} : { marks })}
      />
    </div>
  );
}
