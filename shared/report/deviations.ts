/** Appendix F: deviations from the runbook, and its defects. */
import type { RootContent } from 'mdast';
import { defects } from './defects.ts';
import { brief, heading, type Inline, table } from './nodes.ts';
import { type ReportSource, reportRule } from './source.ts';

export const deviations = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Appendix F: deviations and runbook defects'),
  heading(3, 'Deviations'),
  table(
    ['Time (UTC)', 'Actor', 'What'],
    deviatingSeqs(source).flatMap((seq) => rowOf(source, seq)),
    'None: the procedure was followed as written.',
  ),
  ...defects(source),
];

/** The events that depart from the runbook, such as going on without approval (rule 7). */
export const deviatingSeqs = ({ events }: ReportSource): readonly number[] =>
  events
    .filter((event) => event.payload !== null && reportRule(event).deviates?.(event.payload) === true)
    .map(({ seq }) => seq);

const rowOf = (source: ReportSource, seq: number): readonly (readonly Inline[])[] =>
  source.entries
    .filter((entry) => entry.seq === seq)
    .map((entry) => [source.time(entry.at), entry.actor, brief(entry.text)]);
