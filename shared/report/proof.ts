/** Was it proven: each service before and after, what was found, the symptom and the watch. */
import type { RootContent } from 'mdast';
import { incidentOutcome, outcomeText, stepSummaries } from '#shared/incident/incident-outcome.ts';
import { OUTCOME_MEANING, type Outcome } from '../incident/step-outcomes.ts';
import { stepState } from '#shared/incident/state.ts';
import { probedAddress, symptomNumbers } from '#shared/incident/symptom-probe.ts';
import { afterText, titleOf, versionsText } from '#shared/incident/timeline-words.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { count } from '../words/count.ts';
import { brief, heading, type Inline, keyLine, table } from './nodes.ts';
import type { ReportSource } from './source.ts';
import { known } from './short-timeline.ts';

export const proof = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Proof'),
  keyLine('Outcome', outcomeLine(source)),
  table(['What', 'Before', 'After', 'Result', 'Found'], proofRows(source), 'Nothing was proven.'),
  keyLine('Symptom', symptomText(source)),
  ...(source.state.watch === null ? [] : [keyLine('Watch', watchText(source.state.watch))]),
];

/** What the outcome means for the whole incident; other outcomes are those of the step that decided it. */
function outcomeLine({ state, runbook }: ReportSource): string {
  const outcome: Outcome = incidentOutcome(state, runbook);
  const said = outcomeText(state, runbook);
  if (outcome === 'verified') return `${said}. The rollback was proven effective and every step is over.`;
  if (outcome === 'unverified') return `${said}. Something is not proven, not done or not settled yet.`;
  if (outcome === 'confirmed')
    return `${said}. A person confirmed it; no contract that could be called verified was kept to the end.`;
  const deciding = stepSummaries(state, runbook).find((step) => step.outcome === outcome);
  const { means } = OUTCOME_MEANING[outcome];
  return `${said}. Step "${deciding?.title ?? ''}": ${means.charAt(0).toLowerCase()}${means.slice(1)}`;
}

const proofRows = (source: ReportSource): readonly Inline[][] => [
  ...serviceRows(source),
  ...stepRows(source),
  ...countRows(source),
  ...openRows(source),
];

const serviceRows = (source: ReportSource): readonly Inline[][] =>
  Object.entries(source.state.system).flatMap(([service, each]): Inline[][] => {
    const { ended, leftOut } = each;
    if (ended === null) return leftOut === null ? [] : [[service, '–', '–', 'left as it is', brief(leftOut)]];
    const { before, after, outcome, findings, reason } = ended;
    return [
      [service, versionsText(before), afterText(after, each), resultOf(outcome), brief(found(findings) || reason)],
    ];
  });

const resultOf = (outcome: Outcome): string => (outcome === 'verified' ? 'proven' : outcome);

const found = (findings: readonly { readonly detail: string }[]): string =>
  findings.map(({ detail }) => detail).join(' ');

/** The last proof of each step. What a later step found again is not repeated. */
function stepRows(source: ReportSource): readonly Inline[][] {
  const { state, context } = source;
  const seen = new Set<string>();
  const inOrder = Object.entries(state.steps).toSorted(([, a], [, b]) => (a.proof?.at ?? 0) - (b.proof?.at ?? 0));
  return inOrder.flatMap(([stepId, { proof: last }]): Inline[][] => {
    const step = context.steps.get(stepId);
    const { deploys } = step === undefined ? {} : definitionOf(step);
    if (last === null || (deploys === 'several-services' && Object.keys(state.system).length > 0)) return [];
    const text = found(last.met ? last.findings : last.findings.filter(({ met }) => !met));
    const again = text !== '' && seen.has(text);
    seen.add(text);
    const isDeploy = last.before.length > 0 || last.after.length > 0;
    const { service } = state.declared;
    return [
      [
        isDeploy ? service : brief(titleOf(stepId, context)),
        isDeploy ? versionsText(last.before) : '–',
        isDeploy ? afterText(last.after, known(source, service)) : '–',
        last.met ? 'proven' : 'not proven',
        again ? `The same again at ${source.time(last.at)}` : brief(text),
      ],
    ];
  });
}

/** Rows of each table before and after the SQL. */
function countRows({ state: { database, steps } }: ReportSource): readonly Inline[][] {
  const after = Object.values(steps)
    .map(({ proof: last }) => last?.counts)
    .findLast((counts) => counts !== undefined);
  return Object.entries(database.before ?? {}).map(([name, rows]) => {
    const now = after?.[name];
    const gone = database.choice?.sql.gone.includes(name) === true;
    return [
      `Rows of ${name}`,
      String(rows),
      now === undefined ? '–' : String(now),
      now === undefined ? (gone ? 'table is gone' : 'not counted again') : now === rows ? 'the same' : 'changed',
      '',
    ];
  });
}

const BAD: ReadonlySet<Outcome> = new Set(['failed', 'stopped', 'interrupted', 'unverified', 'skipped', 'deferred']);

/** Steps that ended otherwise than they should. A step that failed its proof is told by the row of that proof. */
const openRows = ({ state, runbook }: ReportSource): readonly Inline[][] =>
  stepSummaries(state, runbook).flatMap(({ id, title, outcome }): Inline[][] =>
    outcome === null || !BAD.has(outcome) || (outcome === 'failed' && stepState(state, id).proof?.met === false)
      ? []
      : [[brief(title), '–', '–', outcome, brief(stepState(state, id).reason)]],
  );

/** Told once: the numbers before the rollback was effective. What follows is counted by the watch, if there is one. */
function symptomText(source: ReportSource): string {
  const { state, time } = source;
  const gone = state.symptomGone;
  const said =
    gone === null
      ? 'nobody has confirmed that it is gone'
      : `gone at ${time(gone.at)}, observed: ${gone.observed.replace(/\.$/, '')}`;
  const url = probedAddress(state);
  const { before, after } = symptomNumbers(state);
  const parts = [
    ...(before === null ? [] : [`${shareText(before)} until effective`]),
    ...(after === null || state.watch !== null ? [] : [`${shareText(after)} since`]),
  ];
  return url === null || parts.length === 0 ? said : `${said}. Probes of ${url}: ${parts.join(', ')}`;
}

const shareText = ({ probes, bad }: { readonly probes: number; readonly bad: number }): string =>
  probes === 0 ? 'no probe' : `${bad} of ${count(probes, 'probe')} bad`;

function watchText({ minutes, endedAt, completed, probes, bad, foreign }: NonNullable<ReportSource['state']['watch']>) {
  const end = endedAt === null ? 'still running' : completed ? 'completed' : 'ended early';
  const strange =
    foreign === null
      ? ''
      : `. Release that is not ours: v${foreign.version} by ${foreign.user}: ${foreign.description}`;
  return `${minutes} min, ${end}, ${shareText({ probes, bad })}${strange}`;
}
