/** Appendix C: the matrix row, options and releases considered, approvals, people to tell. */
import { nameIn, releaseName } from '#shared/platforms/release-name.ts';
import { obligations, toldBy } from '#shared/incident/obligations.ts';
import type { RootContent } from 'mdast';
import { type ApprovalNeed, approvalNeed } from '#shared/incident/approval-policy.ts';
import type { ServiceState } from '#shared/incident/state.ts';
import { brief, heading, type Inline, keyLine, literal, paragraph, table } from './nodes.ts';
import { eventsOf, type ReportSource, stated } from './source.ts';
import type { Procedure } from '#shared/runbook/model.ts';
import { isRowReason } from '#shared/incident/matrix-row.ts';
import { isForPractice } from '#shared/runbook/practice-procedures.ts';

export const decisionDetails = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Appendix C: decision in detail'),
  matrixRow(source),
  ...rowChanges(source),
  ...severityChanges(source),
  heading(3, 'Options considered'),
  options(source),
  ...underHeading('Releases considered', releases(source)),
  ...underHeading('Objections', objections(source)),
  heading(3, 'Approvals'),
  ...approvals(source),
  ...underHeading('People to tell', owed(source)),
];

/** Nothing, not even the heading, without rows. */
const underHeading = (title: string, [head, ...rows]: Rows): readonly RootContent[] =>
  rows.length === 0 ? [] : [heading(3, title), table(head, rows, '')];

/** The names of the columns, then the rows. */
type Rows = readonly [readonly string[], ...(readonly (readonly Inline[])[])];

function matrixRow({ state }: ReportSource): RootContent {
  const { row } = state.declared;
  if (row === null) return keyLine('Matrix row', 'none was chosen');
  return keyLine('Matrix row', `${row.condition} → ${row.action}, ${row.targetText} (line ${row.line} of the runbook)`);
}

/** The report's target is that of the last row. */
const rowChanges = (source: ReportSource): readonly RootContent[] =>
  eventsOf(source, 'row.chosen').map(({ at, actor, payload: { row, reason } }) =>
    keyLine(
      'Matrix row changed',
      `${row.condition} → ${row.action}, ${row.targetText} at ${source.time(at)} by ${actor}: ${reason || 'no reason given'}`,
    ),
  );

const severityChanges = (source: ReportSource): readonly RootContent[] =>
  eventsOf(source, 'severity.changed').map(({ at, actor, payload }) =>
    keyLine(
      'Severity changed',
      `${payload.from} → ${payload.to} at ${source.time(at)} by ${actor}: ${payload.reason || 'no reason given'}`,
    ),
  );

function options(source: ReportSource): RootContent {
  const chosen = eventsOf(source, 'procedure.chosen');
  const rows = proceduresConsidered(source).map((procedure): Inline[] => {
    const picks = chosen.filter(({ payload }) => payload.procedureId === procedure.id);
    return [
      brief(procedure.title),
      picks.length === 0
        ? 'not chosen'
        : `chosen ${picks.map(({ at, actor }) => `${source.time(at)} by ${actor}`).join(', ')}`,
      brief(
        picks
          .map(({ payload }) => payload.reason)
          .filter((reason) => !isRowReason(reason))
          .join('; '),
      ),
    ];
  });
  const forward = eventsOf(source, 'fix-forward.chosen').map(({ at, actor, payload }): Inline[] => [
    'Fix forward: nothing is rolled back',
    `chosen ${source.time(at)} by ${actor}`,
    brief(payload.reason),
  ]);
  return table(['Procedure', 'Choice', 'Reason'], [...rows, ...forward], 'The runbook has no procedures.');
}

/** The list that the last choice was made from, or else the last list read. */
function releases(source: ReportSource): Rows {
  const { choice } = source.state;
  const services = Object.entries(source.state.system);
  if (services.length > 0) return servicesChosen(services);
  const lists = eventsOf(source, 'releases.read');
  const list = (lists.findLast(({ payload }) => payload.fingerprint === choice?.fingerprint) ?? lists.at(-1))?.payload;
  const rows = (list?.releases ?? []).map((release): Inline[] => {
    const verdict = list?.verdicts.find(({ version }) => version === release.version);
    return [
      `${releaseName(release)}${release.version === choice?.version ? ' (chosen)' : ''}`,
      brief(release.status),
      release.createdAt === null ? '–' : source.time(release.createdAt),
      brief(release.user),
      brief(release.description),
      verdict === undefined ? '' : brief(`${verdict.verdict}: ${verdict.why}`),
      literal(release.image),
    ];
  });
  return [['Release', 'Status', 'Created (UTC)', 'By', 'Description', 'Verdict', 'Image'], ...rows];
}

function servicesChosen(services: readonly (readonly [string, ServiceState])[]): Rows {
  const rows = services.map(([service, { releases: read, choice, leftOut, ended }]): Inline[] => [
    service,
    read === null ? 'not read' : read.proposed === null ? 'none' : nameIn(read.releases, read.proposed),
    choice === null ? 'left as it is' : releaseName(choice),
    brief(choice === null ? (leftOut ?? '') : choice.proposed ? 'as proposed' : 'not the proposed one'),
    ended?.outcome ?? 'not deployed',
  ]);
  return [['Service', 'Proposed', 'Chosen', 'Why', 'Outcome'], ...rows];
}

const objections = (source: ReportSource): Rows => [
  ['Time (UTC)', 'Who', 'Objection', 'Why it was decided anyway'],
  ...source.state.objections.map(({ at, who, words, answer }) => [source.time(at), who, brief(words), brief(answer)]),
];

export const STANDING: Readonly<Record<ApprovalNeed['standing'], (approver: string) => string>> = {
  'not-needed': () => 'nobody has to agree',
  needed: (approver) => `the ${approver} has to agree and has not yet`,
  given: (approver) => `the ${approver} had to agree and did`,
  bypassed: (approver) => `the ${approver} had to agree and was not asked`,
};

export const ruleText = ({ rule }: ApprovalNeed): string =>
  rule === null ? 'the runbook has no rule for it' : `line ${rule.line} of the runbook: ${rule.text}`;

function approvals(source: ReportSource): readonly RootContent[] {
  const { state, runbook } = source;
  const need = approvalNeed(state, runbook);
  const rows = state.approvals.map((each): Inline[] => [
    each.who,
    each.role,
    each.how,
    brief(each.words),
    stated(source, each.givenAt, each.at),
  ]);
  return [
    keyLine('Needed', `${STANDING[need.standing](need.approver.replace('-', ' '))} (${ruleText(need)})`),
    table(['Who', 'Role', 'How', 'Words', 'Given (UTC)'], rows, 'No approval was recorded.'),
    ...eventsOf(source, 'approval.bypassed').map(({ at, actor, payload }) =>
      paragraph(
        `Went on without approval at ${source.time(at)} UTC by ${actor}, who typed "${payload.typed}": ${payload.reason}`,
      ),
    ),
  ];
}

function owed(source: ReportSource): Rows {
  const rows = obligations(source.state, source.runbook).map((debt): Inline[] => [
    debt.what,
    source.time(debt.since),
    debt.paid === null ? 'open' : `${debt.paid.who} told at ${source.time(debt.paid.at)}${toldBy(debt.paid.how)}`,
  ]);
  return [['What', 'Since (UTC)', 'Settled'], ...rows];
}

/** The procedures a live incident can use, and those that were chosen: in a drill that may be one for practice only. */
export function proceduresConsidered(source: ReportSource): readonly Procedure[] {
  const chosen = new Set(eventsOf(source, 'procedure.chosen').map(({ payload }) => payload.procedureId));
  return source.runbook.procedures.filter(
    (procedure) => chosen.has(procedure.id) || !isForPractice(source.runbook, procedure),
  );
}
