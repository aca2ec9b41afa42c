/** Where the act left the runbook: deviations, what was put off, and what the runbook itself got wrong. */
import type { RootContent } from 'mdast';
import { defects } from './defects.ts';
import { brief, heading, type Inline, paragraph, table, tasks } from './nodes.ts';
import { eventsOf, type ReportSource, stepTitle } from './source.ts';
import { utc, utcOrNone } from './times.ts';

export const deviations = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Deviations, deferred items, runbook defects'),
  heading(3, 'Deviations'),
  table(
    ['Time (UTC)', 'Actor', 'What'],
    [...deviatingSeqs(source)].sort((a, b) => a - b).flatMap((seq) => rowOf(source, seq)),
    'None: the procedure was followed as written.',
  ),
  heading(3, 'Deferred items'),
  deferred(source),
  ...defects(source),
];

/** Rule 7, and everything else that a reader would not expect from the runbook's text. */
export function deviatingSeqs(source: ReportSource): ReadonlySet<number> {
  const found = [
    ...eventsOf(source, 'approval.bypassed'),
    ...eventsOf(source, 'run.by-hand'),
    ...eventsOf(source, 'step.ended').filter(({ payload }) => payload.outcome === 'skipped'),
    ...eventsOf(source, 'step.reopened'),
    ...eventsOf(source, 'release.chosen').filter(({ payload }) => !payload.proposed),
    ...eventsOf(source, 'service.left-out'),
    ...eventsOf(source, 'service.release-chosen').filter(({ payload }) => !payload.proposed),
    ...eventsOf(source, 'watch.ended').filter(({ payload }) => !payload.completed),
    ...eventsOf(source, 'runbook.switched'),
  ];
  return new Set(found.map(({ seq }) => seq));
}

const rowOf = (source: ReportSource, seq: number): readonly (readonly Inline[])[] =>
  source.entries.filter((entry) => entry.seq === seq).map((entry) => [utc(entry.at), entry.actor, brief(entry.text)]);

function deferred(source: ReportSource): RootContent {
  const items = source.state.deferred.map((item) => {
    const due = item.dueAt === null ? 'no due time' : `due ${utcOrNone(item.dueAt)} UTC`;
    const settled = item.settled === null ? 'open' : `${item.settled.how}: ${item.settled.reason}`;
    return {
      text: `${stepTitle(source, item.stepId)} | ${item.reason || 'no reason given'} | ${due} | ${settled}`,
      done: item.settled !== null,
    };
  });
  if (items.length === 0) return paragraph('Nothing was put off.');
  return tasks(items);
}
