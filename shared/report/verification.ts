/** What shows that the rollback worked: outcomes, post-conditions, checks, the symptom, the watch. */
import { titleOf } from '#shared/incident/timeline-words.ts';
import type { RootContent } from 'mdast';
import { OUTCOME_MEANING } from '#shared/incident/step-outcomes.ts';
import { stepState } from '#shared/incident/state.ts';
import { stepSummaries } from '#shared/incident/incident-outcome.ts';
import { beforeAndAfter, probedAddress } from '#shared/incident/symptom-probe.ts';
import { brief, heading, type Inline, keyLine, paragraph, table } from './nodes.ts';
import { eventsOf, type ReportSource, reportRule } from './source.ts';
import { utc, utcOrNone } from './times.ts';

export const verification = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Verification and exit criteria'),
  heading(3, 'Steps'),
  steps(source),
  heading(3, 'Post-conditions'),
  findings(source),
  heading(3, 'Checks'),
  checks(source),
  heading(3, 'Symptom'),
  symptom(source),
  ...probe(source),
  heading(3, 'Watch'),
  ...watch(source),
];

function steps(source: ReportSource): RootContent {
  const rows = stepSummaries(source.state, source.runbook).map(({ id, title, outcome }): Inline[] => {
    const { reason, observed, endedAt } = stepState(source.state, id);
    return [
      brief(title),
      outcome ?? 'not done',
      outcome === null ? '' : OUTCOME_MEANING[outcome].means,
      brief([reason, observed === null ? '' : `observed: ${observed}`].filter((text) => text !== '').join('; ')),
      utcOrNone(endedAt),
    ];
  });
  return table(['Step', 'Outcome', 'Means', 'Details', 'Ended (UTC)'], rows, 'No procedure was chosen.');
}

function findings(source: ReportSource): RootContent {
  const rows = source.events.flatMap((event, index): readonly Inline[][] => {
    if (event.payload === null) return [];
    const found = reportRule(event).findings?.(event.payload) ?? [];
    const step = titleOf(source.entries[index]?.stepId ?? '', source.context);
    return found.map(({ rule, result, detail }) => [utc(event.at), brief(step), brief(rule), result, brief(detail)]);
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
      utc(tick.at),
    ]),
  );
  return table(['Step', 'Check', 'Result', 'Observed', 'Time (UTC)'], rows, 'No check was ticked.');
}

function symptom({ state }: ReportSource): RootContent {
  if (state.symptomGone === null) return paragraph('Nobody has confirmed that the symptom is gone.');
  return paragraph(`Confirmed gone at ${utc(state.symptomGone.at)} UTC: ${state.symptomGone.observed}`);
}

/** First and last reading of the symptom probe. Nothing without a probe. */
function probe({ state }: ReportSource): readonly RootContent[] {
  const url = probedAddress(state);
  if (url === null) return [];
  const seen = beforeAndAfter(state);
  const rows = (['before', 'after'] as const).flatMap((when): Inline[][] => {
    const sample = seen?.[when];
    return sample === undefined ? [] : [[when, utc(sample.at), sample.ok ? 'good' : 'bad', brief(sample.detail)]];
  });
  return [
    keyLine('Symptom probe', url),
    table(['Reading', 'Time (UTC)', 'Answer', 'Detail'], rows, 'The symptom probe gave no reading.'),
  ];
}

function watch(source: ReportSource): readonly RootContent[] {
  const state = source.state.watch;
  if (state === null) return [paragraph('No watch was started.')];
  const end =
    state.endedAt === null ? 'still running' : `${state.completed ? 'completed' : 'ended early'} ${utc(state.endedAt)}`;
  const rows = eventsOf(source, 'watch.reading').map(({ at, payload }): Inline[] => [
    utc(at),
    payload.healthy ? 'healthy' : 'unhealthy',
    brief(payload.detail),
    `${payload.ms} ms`,
  ]);
  return [
    keyLine('Planned', `${state.minutes} min from ${utc(state.startedAt)} UTC, ${end}`),
    keyLine('Probes', `${state.probes}, of which ${state.bad} bad`),
    ...(state.foreign === null
      ? []
      : [
          keyLine(
            'Release that is not ours',
            `v${state.foreign.version} by ${state.foreign.user}: ${state.foreign.description}`,
          ),
        ]),
    table(['Time (UTC)', 'Reading', 'Detail', 'Took'], rows, 'No reading was taken.'),
  ];
}
