/** The sections people write: summary, impact, root cause, resolution, lessons. */
import type { RootContent } from 'mdast';
import { durationText } from '#shared/words/duration.ts';
import { outcomeText } from '#shared/incident/incident-outcome.ts';
import { fieldsOf } from './fields.ts';
import { blockField, fieldBlocks, inlineField } from './answers.ts';
import { heading, type Inline, keyLine, paragraph, table } from './nodes.ts';
import { versionPath } from './runs.ts';
import type { ReportSource } from './source.ts';
import { probedAddress, type ProbeNumbers, symptomNumbers } from '#shared/incident/symptom-probe.ts';

export const summary = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Summary'),
  ...fieldsOf('summary').flatMap((field) => blockField(source, field)),
  paragraph(fromTheRecord(source)),
];

/** Facts from the timeline only; people write the story. */
function fromTheRecord(source: ReportSource): string {
  const { state, clock } = source;
  const { declared } = state;
  const what = `${declared.kind === 'drill' ? 'Drill' : 'Incident'} ${state.severity} on ${declared.service}`;
  const path = versionPath(source);
  const target = ` (${clock.targetText}${clock.met === null ? '' : clock.met ? ', met' : ', missed'})`;
  const contained =
    clock.contained === null
      ? ''
      : `contained after ${durationText(clock.contained.elapsedMs)}${clock.countsTo === 'contained' ? target : ''}, `;
  const effective =
    clock.endedAt === null
      ? 'the rollback did not become effective'
      : `effective after ${durationText(clock.elapsedMs)}${contained !== '' && clock.countsTo === 'contained' ? '' : target}`;
  const time = `${contained}${effective}`;
  return `From the timeline: ${what}, ${path === null ? 'no release was put back' : path}, ${time}, outcome ${outcomeText(state, source.runbook)}.`;
}

export const impact = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Impact'),
  keyLine('Declared symptom', source.state.declared.symptom || 'none given'),
  table(
    ['Question', 'Answer'],
    fieldsOf('impact').map((field) => [field.title, inlineField(source, field)]),
    '',
  ),
  ...symptomTable(source),
];

export const rootCause = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Root Cause'),
  ...fieldBlocks(source, 'root-cause'),
];

export const resolution = (source: ReportSource): readonly RootContent[] => {
  const { resolvedAt, closedAt } = source.state;
  const said = source.entries.filter(({ kind }) => kind === 'incident.resolved' || kind === 'incident.closed');
  return [
    heading(2, 'Resolution'),
    ...said.map((entry) => paragraph(`${entry.text} (${entry.actor}).`)),
    ...(resolvedAt === null && closedAt === null ? [paragraph('Not resolved yet.')] : []),
    ...fieldBlocks(source, 'resolution'),
  ];
};

export const lessons = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Lessons Learned'),
  ...fieldBlocks(source, 'lessons'),
];

/** Error rate and latency of the symptom probe before and after the rollback. Nothing without a probe. */
export function symptomTable({ state }: ReportSource): readonly RootContent[] {
  const url = probedAddress(state);
  if (url === null) return [];
  const { before, after } = symptomNumbers(state);
  const rows = [
    ...row(state.effectiveAt === null ? 'Until now: the rollback is not effective' : 'Until effective', before),
    ...row('Since then', after),
  ];
  return [
    keyLine('Symptom probe', url),
    table(['Symptom probe', 'Probes', 'Bad', 'Error rate', 'Median', 'Slowest'], rows, 'It gave no answer yet.'),
  ];
}

const row = (when: string, numbers: ProbeNumbers | null): readonly (readonly Inline[])[] =>
  numbers === null
    ? []
    : [
        [
          when,
          String(numbers.probes),
          String(numbers.bad),
          percent(numbers.errorRate),
          `${numbers.medianMs} ms`,
          `${numbers.slowestMs} ms`,
        ],
      ];

/** With one decimal unless it is zero: `100 %`, `33.3 %`. */
const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
