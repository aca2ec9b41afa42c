/** The short timeline (starred entries), and the full one as appendix A. */
import type { RootContent } from 'mdast';
import { elapsedText } from '#shared/words/duration.ts';
import { byOccurrence, type TimelineEntry } from '#shared/incident/timeline.ts';
import { mermaid } from './mermaid.ts';
import { count } from '../words/count.ts';
import { brief, fence, heading, type Inline, paragraph, table } from './nodes.ts';
import { runsOf } from './runs.ts';
import { type ReportSource, reportRule, unreadOf } from './source.ts';
import { stated, utc } from './times.ts';

export const shortTimeline = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Timeline'),
  paragraph('Times are UTC and taken by Rollbook; (manual) marks those a person gave. Appendix A has every entry.'),
  table(
    ['Time (UTC)', 'Elapsed', 'Actor', 'Event', 'Source'],
    byOccurrence(source.entries)
      .filter((entry) => entry.starred)
      .map((entry) => [...columns(entry), brief(entry.text), sourceText(source, entry)]),
    'No entry is starred.',
  ),
  fence('mermaid', mermaid(source)),
];

export function fullTimeline(source: ReportSource): readonly RootContent[] {
  const { purged } = source.stored;
  return [
    heading(2, 'Appendix A: full timeline'),
    ...(purged === 0
      ? []
      : [paragraph(`The contents of ${count(purged, 'event')} were purged; their numbers are missing below.`)]),
    ...unreadOf(source).map((sentence) => paragraph(sentence)),
    table(
      ['No.', 'Time (UTC)', 'Elapsed', 'Actor', 'Event', 'Source', 'Kind'],
      source.entries.map((entry) => [
        String(entry.seq),
        ...columns(entry),
        entry.text,
        sourceText(source, entry),
        entry.kind,
      ]),
      'Nothing was recorded.',
    ),
  ];
}

const columns = (entry: TimelineEntry): readonly Inline[] => [
  timeText(entry),
  elapsedText(entry.elapsedMs),
  entry.actor,
];

/** Rollbook or a person, and the number of the run as under "What was run". */
export function sourceText(source: ReportSource, entry: TimelineEntry): string {
  const who = entry.source === 'app' ? 'Rollbook' : 'person';
  const run = entry.runId === null ? -1 : runsOf(source).findIndex(({ runId }) => runId === entry.runId);
  return run < 0 ? who : `${who}, run ${run + 1}`;
}

function timeText(entry: TimelineEntry): string {
  const { at, occurredAt } = entry;
  if (occurredAt !== null) return stated(occurredAt, at);
  return reportRule(entry).timeIsManual === true ? `${utc(at)} (manual)` : utc(at);
}
