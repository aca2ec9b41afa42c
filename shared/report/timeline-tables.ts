/** The timeline twice: what is starred, for reading; everything, as appendix A. */
import type { RootContent } from 'mdast';
import { elapsedText } from '#shared/incident/duration.ts';
import { byOccurrence, type TimelineEntry } from '#shared/incident/timeline.ts';
import { brief, heading, type Inline, paragraph, table } from './nodes.ts';
import type { ReportSource } from './source.ts';
import { stated, utc } from './times.ts';

/** Only their entry was timed by Rollbook; when they happened is what a person says. */
const MANUAL_TIME: ReadonlySet<string> = new Set(['run.by-hand']);

export const shortTimeline = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Timeline'),
  paragraph('Times are UTC and taken by Rollbook; (manual) marks those a person gave. Appendix A has every entry.'),
  table(
    ['Time (UTC)', 'Elapsed', 'Actor', 'Event', 'Source'],
    byOccurrence(source.entries)
      .filter((entry) => entry.starred)
      .map((entry) => [...columns(entry), brief(entry.text), entry.source]),
    'No entry is starred.',
  ),
];

export function fullTimeline(source: ReportSource): readonly RootContent[] {
  const purged = source.state.seq - source.entries.length;
  return [
    heading(2, 'Appendix A: full timeline'),
    ...(purged === 0
      ? []
      : [paragraph(`The contents of ${purged} entries were purged; their numbers are missing below.`)]),
    table(
      ['No.', 'Time (UTC)', 'Elapsed', 'Actor', 'Event', 'Source', 'Kind'],
      source.entries.map((entry) => [String(entry.seq), ...columns(entry), entry.text, entry.source, entry.kind]),
      'Nothing was recorded.',
    ),
  ];
}

const columns = (entry: TimelineEntry): readonly Inline[] => [
  timeText(entry),
  elapsedText(entry.elapsedMs),
  entry.actor,
];

function timeText({ at, occurredAt, kind }: TimelineEntry): string {
  if (occurredAt !== null) return stated(occurredAt, at);
  return MANUAL_TIME.has(kind) ? `${utc(at)} (manual)` : utc(at);
}
