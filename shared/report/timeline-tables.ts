/** Appendix A: the milestones, the chart and the full timeline. */
import type { RootContent } from 'mdast';
import { elapsedText } from '#shared/words/duration.ts';
import type { TimelineEntry } from '#shared/incident/timeline.ts';
import { mermaid } from './mermaid.ts';
import { count } from '../words/count.ts';
import { fence, heading, type Inline, paragraph, table } from './nodes.ts';
import { runsOf } from './runs.ts';
import { targets } from './targets.ts';
import { dateOf } from './times.ts';
import { type ReportSource, reportRule, stated, unreadOf } from './source.ts';

export function fullTimeline(source: ReportSource): readonly RootContent[] {
  const { purged } = source.stored;
  return [
    heading(2, 'Appendix A: full timeline'),
    ...(purged === 0
      ? []
      : [paragraph(`The contents of ${count(purged, 'event')} were purged; their numbers are missing below.`)]),
    ...unreadOf(source).map((sentence) => paragraph(sentence)),
    ...targets(source),
    fence('mermaid', mermaid(source)),
    heading(3, 'Every entry'),
    paragraph(
      `Times are UTC on ${dateOf(source.clock.startedAt)}, taken by Rollbook; (manual) marks those a person gave.`,
    ),
    table(
      ['No.', 'Time (UTC)', 'Elapsed', 'Actor', 'Event', 'Source', 'Kind'],
      source.entries.map((entry) => [
        String(entry.seq),
        ...columns(source, entry),
        entry.text,
        sourceText(source, entry),
        entry.kind,
      ]),
      'Nothing was recorded.',
    ),
  ];
}

const columns = (source: ReportSource, entry: TimelineEntry): readonly Inline[] => [
  timeText(source, entry),
  elapsedText(entry.elapsedMs),
  entry.actor,
];

/** Rollbook or a person, and the number of the run as under "What was run". */
export function sourceText(source: ReportSource, entry: TimelineEntry): string {
  const who = entry.source === 'app' ? 'Rollbook' : 'person';
  const run = entry.runId === null ? -1 : runsOf(source).findIndex(({ runId }) => runId === entry.runId);
  return run < 0 ? who : `${who}, run ${run + 1}`;
}

function timeText(source: ReportSource, entry: TimelineEntry): string {
  const { at, occurredAt } = entry;
  // Rollbook measured the end of a command, and wrote it down a little later.
  if (occurredAt !== null && entry.source === 'app') return source.time(occurredAt);
  if (occurredAt !== null) return stated(source, occurredAt, at);
  return reportRule(entry).timeIsManual === true ? `${source.time(at)} (manual)` : source.time(at);
}
