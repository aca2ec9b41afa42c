/** The title and first lines of the report: what a reader in a hurry needs. */
import { openAfterStart } from '../incident/checklist.ts';
import { outcomeText } from '../incident/incident-outcome.ts';
import type { RootContent } from 'mdast';
import { durationText } from '#shared/words/duration.ts';
import { OUTCOME_MEANING, type Outcome } from '#shared/incident/step-outcomes.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { headField } from './answers.ts';
import { heading, keyLine } from './nodes.ts';
import { eventsOf, type ReportSource, unreadOf } from './source.ts';
import { stated, utc, utcMinute } from './times.ts';
import { count } from '../words/count.ts';
import { visible } from '../words/visible.ts';

/** Marks a drill, so that its report is not taken for a real incident's. */
export function titleText({ state }: ReportSource): string {
  const title = visible(state.declared.title) || 'Untitled';
  return state.declared.kind === 'drill' ? `DRILL: ${title}` : title;
}

export function head(source: ReportSource): readonly RootContent[] {
  const { state, clock, local, stored } = source;
  const { declared } = state;
  const outcome = incidentOutcome(state, source.runbook);
  return [
    heading(1, `Incident Report: ${utcMinute(clock.startedAt)} — ${titleText(source)}`),
    keyLine('Severity', severityText(source)),
    keyLine('Duration', durationLine(source)),
    keyLine('Impact', headField(source, 'impact')),
    keyLine('Outcome', `${outcomeText(state, source.runbook)}. ${outcomeMeans(outcome)}${checklistLeft(source)}`),
    keyLine('Service', declared.service),
    keyLine('Kind', `${declared.kind}, ${declared.adapter} tools`),
    keyLine('Detected', `${stated(clock.startedAt, detectionRecordedAt(source))} UTC`),
    keyLine('Local time', `${local.format(clock.startedAt)} (${local.timeZone})`),
    ...(stored.problem === null
      ? []
      : [
          keyLine(
            'Not verified',
            `The timeline that this report is made from does not verify at event ${stored.problem.seq}. ${visible(stored.problem.what)} Its content may have been changed since it was recorded.`,
          ),
        ]),
    ...(unreadOf(source).length === 0
      ? []
      : [
          keyLine(
            'Incomplete',
            `${count(unreadOf(source).length, 'stored event')} could not be read. Appendix A says which; what they recorded is missing here.`,
          ),
        ]),
    keyLine('Author', headField(source, 'author')),
    keyLine('Reviewed by', headField(source, 'reviewers')),
  ];
}

/** What the outcome means for the whole incident; other outcomes are those of the step that decided it. */
function outcomeMeans(outcome: Outcome): string {
  if (outcome === 'verified') return 'The rollback was proven effective and every step is over.';
  if (outcome === 'unverified') return 'Something is not proven, not done or not settled yet.';
  return `Decided by one step: ${OUTCOME_MEANING[outcome].means}`;
}

function checklistLeft({ state, runbook }: ReportSource): string {
  const left = openAfterStart(state, runbook).length;
  return left === 0
    ? ''
    : ` ${count(left, 'item')} of the checklist ${left === 1 ? 'was' : 'were'} neither ticked nor put off.`;
}

/** A detection time before the declaration was entered by a person. */
const detectionRecordedAt = ({ state }: ReportSource): number => state.declaredAt;

function severityText(source: ReportSource): string {
  const changes = eventsOf(source, 'severity.changed');
  if (changes.length === 0) return source.state.severity;
  const path = [source.state.declared.severity, ...changes.map(({ payload }) => payload.to)];
  return `${source.state.severity} (${path.join(' → ')})`;
}

function durationLine(source: ReportSource): string {
  const { contained } = source.clock;
  const line = mitigationLine(source);
  return contained === null ? line : `${line}; contained after ${durationText(contained.elapsedMs)}`;
}

function mitigationLine({ state, clock, local }: ReportSource): string {
  const from = `${utc(clock.startedAt)} UTC`;
  if (clock.endedAt !== null) {
    const localEnds = `local ${local.format(clock.startedAt)} to ${local.format(clock.endedAt)}`;
    return `${from} to ${utc(clock.endedAt)} UTC (${durationText(clock.elapsedMs)}; ${localEnds})`;
  }
  if (state.resolvedAt === null) return `${from}, not effective yet`;
  return `${from}, resolved ${utc(state.resolvedAt)} UTC without an effective rollback (${durationText(clock.elapsedMs)})`;
}
