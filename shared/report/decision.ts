/** Who decided what, who approved it, and who has to be told: three lines. The details are in appendix C. */
import type { RootContent } from 'mdast';
import { approvalNeed } from '#shared/incident/approval-policy.ts';
import { obligations, toldBy } from '#shared/incident/obligations.ts';
import { procedureTitle } from '#shared/incident/timeline-words.ts';
import { isRowReason, rankInRow } from '#shared/incident/matrix-row.ts';
import { answersOf } from './answers.ts';
import { ruleText, STANDING } from './decision-details.ts';
import { heading, keyLine, paragraph } from './nodes.ts';
import { eventsOf, type ReportSource } from './source.ts';

export interface Decision {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  /** '' when none was given. */
  readonly reason: string;
}

/** Procedures chosen, and decisions to fix forward, in order of time. */
export const decisionsOf = (source: ReportSource): readonly Decision[] =>
  [
    ...eventsOf(source, 'procedure.chosen').map(({ at, actor, payload: { procedureId, reason } }) => ({
      at,
      who: actor,
      what: procedureTitle(procedureId, source.context),
      reason: [isRowReason(reason) ? '' : reason, rankInRow(source.runbook, source.state.row, procedureId)]
        .filter((part) => part !== '')
        .join('; '),
    })),
    ...eventsOf(source, 'fix-forward.chosen').map(({ at, actor, payload: { reason } }) => ({
      at,
      who: actor,
      what: 'Fix forward',
      reason: isRowReason(reason) ? '' : reason,
    })),
  ].toSorted((a, b) => a.at - b.at);

export const decision = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Decision and approvals'),
  keyLine('Decided', decided(source)),
  keyLine('Approval', approved(source)),
  keyLine('To tell', toTell(source)),
  ...objections(source),
  ...answersOf(source, 'decision'),
];

function decided(source: ReportSource): string {
  const { row } = source.state;
  const made = decisionsOf(source).map(
    ({ at, who, what, reason }) => `${what}, by ${who} at ${source.time(at)}${reason === '' ? '' : ` (${reason})`}`,
  );
  const from = row === null ? '' : `. Matrix row: ${row.condition} → ${row.action}, ${row.targetText}`;
  return `${made.length === 0 ? 'nothing was chosen' : made.join('; then ')}${from}`;
}

function approved(source: ReportSource): string {
  const { state, runbook, time } = source;
  const need = approvalNeed(state, runbook);
  const given = state.approvals.map(
    ({ who, role, how, words, givenAt }) =>
      `${who} (${role}, ${how}) at ${time(givenAt)}${words === '' ? '' : `: "${words}"`}`,
  );
  const bypassed = eventsOf(source, 'approval.bypassed').map(
    ({ at, actor, payload }) => `${actor} went on without approval at ${time(at)}: ${payload.reason}`,
  );
  const rule = `${STANDING[need.standing](need.approver.replace('-', ' '))} (${ruleText(need)})`;
  return [rule, ...given, ...bypassed].join('; ');
}

/** The sentence on whom to tell is among the follow-ups until it is done. */
function toTell({ state, runbook, time }: ReportSource): string {
  const owed = obligations(state, runbook).map(({ paid }) =>
    paid === null ? 'open, see the follow-ups' : `${paid.who} was told at ${time(paid.at)}${toldBy(paid.how)}`,
  );
  return owed.length === 0 ? 'nobody' : [...new Set(owed)].join('; ');
}

const objections = ({ state, time }: ReportSource): readonly RootContent[] =>
  state.objections.map(({ at, who, words, answer }) =>
    paragraph(`${who} objected at ${time(at)}: ${words}. Decided anyway: ${answer || 'no reason given'}`),
  );
