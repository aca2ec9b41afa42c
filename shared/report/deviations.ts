/** Deviations from the runbook, deferred items, and defects of the runbook. */
import { titleOf } from '#shared/incident/timeline-words.ts';
import type { RootContent } from 'mdast';
import { defects } from './defects.ts';
import { brief, heading, type Inline, paragraph, table, tasks } from './nodes.ts';
import { type ReportSource, reportRule } from './source.ts';
import { utc, utcOrNone } from './times.ts';

export const deviations = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Deviations, deferred items, runbook defects'),
  heading(3, 'Deviations'),
  table(
    ['Time (UTC)', 'Actor', 'What'],
    deviatingSeqs(source).flatMap((seq) => rowOf(source, seq)),
    'None: the procedure was followed as written.',
  ),
  heading(3, 'Deferred items'),
  deferred(source),
  ...defects(source),
];

/** The events that depart from the runbook, such as going on without approval (rule 7). */
export const deviatingSeqs = ({ events }: ReportSource): readonly number[] =>
  events
    .filter((event) => event.payload !== null && reportRule(event).deviates?.(event.payload) === true)
    .map(({ seq }) => seq);

const rowOf = (source: ReportSource, seq: number): readonly (readonly Inline[])[] =>
  source.entries.filter((entry) => entry.seq === seq).map((entry) => [utc(entry.at), entry.actor, brief(entry.text)]);

function deferred(source: ReportSource): RootContent {
  const items = source.state.deferred.map((item) => {
    const due = item.dueAt === null ? 'no due time' : `due ${utcOrNone(item.dueAt)} UTC`;
    const settled = item.settled === null ? 'open' : `${item.settled.how}: ${item.settled.reason}`;
    return {
      text: `${titleOf(item.stepId, source.context)} | ${item.reason || 'no reason given'} | ${due} | ${settled}`,
      done: item.settled !== null,
    };
  });
  if (items.length === 0) return paragraph('Nothing was deferred.');
  return tasks(items);
}
