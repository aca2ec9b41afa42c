/** Appendix D: steps, post-conditions, checks, images, database, symptom probe, watch, and how to undo it all. */
import { titleOf } from '#shared/incident/timeline-words.ts';
import type { RootContent } from 'mdast';
import { OUTCOME_MEANING } from '#shared/incident/step-outcomes.ts';
import { stepState } from '#shared/incident/state.ts';
import { stepSummaries } from '#shared/incident/incident-outcome.ts';
import { beforeAndAfter, probedAddress, type ProbeNumbers, symptomNumbers } from '#shared/incident/symptom-probe.ts';
import { databaseRollback } from './database.ts';
import { brief, heading, type Inline, paragraph, table } from './nodes.ts';
import { undo, versions } from './runs.ts';
import { eventsOf, type ReportSource, reportRule, servicesOf } from './source.ts';

export const verification = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Appendix D: proof in detail'),
  heading(3, 'Steps'),
  steps(source),
  heading(3, 'Post-conditions'),
  findings(source),
  heading(3, 'Checks'),
  checks(source),
  ...versions(source),
  ...databaseRollback(source),
  ...probe(source),
  ...watch(source),
  ...undo(source),
];

/** The reason of a verified step, which the table of post-conditions gives in detail. */
const POST_CONDITION_MET = 'The post-condition is met.';

function steps(source: ReportSource): RootContent {
  const rows = stepSummaries(source.state, source.runbook).map(({ id, title, outcome }): Inline[] => {
    const { reason, observed, endedAt } = stepState(source.state, id);
    return [
      brief(title),
      outcome ?? 'not done',
      outcome === null ? '' : OUTCOME_MEANING[outcome].means,
      brief(
        [reason === POST_CONDITION_MET ? '' : reason, observed === null ? '' : `observed: ${observed}`]
          .filter((text) => text !== '')
          .join('; '),
      ),
      endedAt === null ? '–' : source.time(endedAt),
    ];
  });
  return table(['Step', 'Outcome', 'Means', 'Details', 'Ended (UTC)'], rows, 'No procedure was chosen.');
}

function findings(source: ReportSource): RootContent {
  const rows = source.events.flatMap((event, index): readonly Inline[][] => {
    if (event.payload === null) return [];
    const found = reportRule(event).findings?.(event.payload) ?? [];
    const step = titleOf(source.entries[index]?.stepId ?? '', source.context);
    return found.map(({ rule, result, detail }) => [
      source.time(event.at),
      brief(step),
      brief(rule),
      result,
      brief(detail),
    ]);
  });
  return table(['Time (UTC)', 'Step', 'Rule', 'Result', 'Found'], rows, 'No post-condition was evaluated.');
}

function checks(source: ReportSource): RootContent {
  const rows = Object.entries(source.state.steps).flatMap(([stepId, step]) =>
    Object.entries(step.ticks).map(([checkId, tick]): Inline[] => [
      brief(titleOf(stepId, source.context)),
      brief(source.context.steps.get(stepId)?.checks.find((check) => check.id === checkId)?.text ?? checkId),
      tick.ticked ? 'ticked' : tick.observed === '' ? 'not ticked' : 'answered no',
      brief(tick.observed),
      source.time(tick.at),
    ]),
  );
  return table(['Step', 'Check', 'Result', 'Observed', 'Time (UTC)'], rows, 'No check was ticked.');
}

/** Error rate and latency, and the first and last reading. Nothing without a probe. */
function probe(source: ReportSource): readonly RootContent[] {
  const { state } = source;
  const url = probedAddress(state);
  if (url === null) return [];
  const seen = beforeAndAfter(state);
  const readings = (['before', 'after'] as const).flatMap((when): Inline[][] => {
    const sample = seen?.[when];
    return sample === undefined
      ? []
      : [[when, source.time(sample.at), sample.ok ? 'good' : 'bad', brief(sample.detail)]];
  });
  return [
    heading(3, 'Symptom probe'),
    paragraph(`From the declaration to the end, apart from the probes of the watch, one address was requested: ${url}`),
    ...symptomTable(state),
    ...(readings.length === 0 ? [] : [table(['Reading', 'Time (UTC)', 'Answer', 'Detail'], readings, '')]),
  ];
}

function symptomTable(state: ReportSource['state']): readonly RootContent[] {
  const { before, after } = symptomNumbers(state);
  const rows = [
    ...numbersRow(state.effectiveAt === null ? 'Until now: the rollback is not effective' : 'Until effective', before),
    ...numbersRow('Since then', after),
  ];
  return [table(['When', 'Probes', 'Bad', 'Error rate', 'Median', 'Slowest'], rows, 'No answer was recorded.')];
}

const numbersRow = (when: string, numbers: ProbeNumbers | null): readonly (readonly Inline[])[] =>
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

/** The readings of the watch; its numbers are on the first page. Nothing without a watch. */
function watch(source: ReportSource): readonly RootContent[] {
  const { state } = source;
  if (state.watch === null) return [];
  const services = servicesOf(source);
  const rows = eventsOf(source, 'watch.reading').map(({ at, payload }): Inline[] => [
    source.time(at),
    payload.service ?? services[0] ?? '',
    payload.healthy ? 'healthy' : 'unhealthy',
    brief(payload.detail),
    `${payload.ms} ms`,
  ]);
  return [
    heading(3, 'Watch'),
    table(['Time (UTC)', 'Service', 'Reading', 'Detail', 'Took'], rows, 'No reading was taken.'),
  ];
}
