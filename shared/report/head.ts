/** The title and first lines of the report: how bad, how long, what it did to users. */
import type { RootContent } from 'mdast';
import { durationText } from '#shared/words/duration.ts';
import { actionsOf } from './actions.ts';
import { answersOf, openCount, written } from './answers.ts';
import { keyLine, heading, paragraph, prose } from './nodes.ts';
import { eventsOf, type ReportSource, servicesOf, unreadOf } from './source.ts';
import { dateOf, utc, utcMinute } from './times.ts';
import { count } from '../words/count.ts';
import { visible } from '../words/visible.ts';

/** Marks a drill, so that its report is not taken for a real incident's. */
export function titleText({ state }: ReportSource): string {
  const title = visible(state.declared.title) || 'Untitled';
  return state.declared.kind === 'drill' ? `DRILL: ${title}` : title;
}

export const head = (source: ReportSource): readonly RootContent[] => [
  heading(1, `Incident Report: ${utcMinute(source.clock.startedAt)} — ${titleText(source)}`),
  ...damage(source),
  ...prose(written(source, 'summary')),
  keyLine('Severity', severityText(source)),
  keyLine('Duration', durationLine(source)),
  ...impact(source),
  ...openCount(source, actionsOf(source).length > 0),
];

/** What a reader must know before trusting the rest. */
function damage(source: ReportSource): readonly RootContent[] {
  const { problem } = source.stored;
  const unread = unreadOf(source).length;
  const where = source.brief === true ? 'The full report' : 'Appendix A';
  return [
    ...(problem === null
      ? []
      : [
          keyLine(
            'Not verified',
            `The timeline that this report is made from does not verify at event ${problem.seq}. ${visible(problem.what)} Its content may have been changed since it was recorded.`,
          ),
        ]),
    ...(unread === 0
      ? []
      : [
          keyLine(
            'Incomplete',
            `${count(unread, 'stored event')} could not be read. ${where} says which; what they recorded is missing here.`,
          ),
        ]),
  ];
}

/** `P0 (P1 → P0), drill with simulated tools, on hotdash-agent-service`. */
function severityText(source: ReportSource): string {
  const { state } = source;
  const { declared } = state;
  const changes = eventsOf(source, 'severity.changed').map(({ payload }) => payload.to);
  const levels = [declared.severity, ...changes].filter((level, n, all) => level !== all[n - 1]);
  const path = levels.length === 1 ? '' : ` (${levels.join(' → ')})`;
  return `${state.severity}${path}, ${declared.kind} with ${declared.adapter} tools${onText(servicesOf(source))}`;
}

function durationLine({ state, clock, local, time }: ReportSource): string {
  const from = `${dateOf(clock.startedAt)}, ${time(clock.startedAt)}`;
  const { contained, countsTo } = clock;
  const judged = clock.met === null ? '' : `, target ${clock.targetText} ${clock.met ? 'met' : 'missed'}`;
  const target = countsTo === 'contained' && contained !== null ? '' : judged;
  // The harm may be contained long before the rollback is effective, and the target may count to that.
  const held =
    contained === null ? '' : `contained after ${durationText(contained.elapsedMs)}${target === '' ? judged : ''}; `;
  const took = `${held}${held !== '' && clock.endedAt !== null ? 'effective after ' : ''}${durationText(clock.elapsedMs)}`;
  if (clock.endedAt !== null)
    return `${from} to ${time(clock.endedAt)} UTC (${took}${target})${localText(clock, local)}`;
  const noRollback = state.fixForward === null ? 'without an effective rollback' : 'before the fix was confirmed';
  if (state.resolvedAt === null) return `${from} UTC, not effective yet${target}${localText(clock, local)}`;
  return `${from} to ${time(state.resolvedAt)} UTC, resolved ${noRollback} (${took}${target})${localText(clock, local)}`;
}

/** Only where the machine's time zone is not UTC. */
function localText({ startedAt }: ReportSource['clock'], local: ReportSource['local']): string {
  const text = local.format(startedAt);
  return utc(startedAt).startsWith(text) ? '' : `. It began at ${text} in ${local.timeZone}`;
}

/** The declared symptom stands in for the impact until a person describes it. */
function impact(source: ReportSource): readonly RootContent[] {
  const symptom = source.state.declared.symptom.replace(/\.\s*$/, '') || 'none given';
  const answer = written(source, 'impact');
  const lines = answersOf(source, 'impact');
  if (answer === '') return [keyLine('Impact', `${symptom} (the symptom as it was declared)`), ...lines];
  return [keyLine('Impact', answer), keyLine('Declared symptom', symptom), ...lines];
}

/** Who wrote the report and who agrees with it. */
export function signatures(source: ReportSource): readonly RootContent[] {
  const people = [
    ['Author', written(source, 'author')],
    ['Reviewed by', written(source, 'reviewers')],
  ] as const;
  const named = people.filter(([, name]) => name !== '').map(([key, name]) => `${key}: ${name}`);
  return named.length === 0 ? [] : [paragraph(named.join('. '))];
}

const onText = (services: readonly string[]): string =>
  services.every((service) => service === '') ? '' : `, on ${services.join(', ')}`;
