/** The YAML front matter of the report, for other programs. */
import type { Yaml } from 'mdast';
import { stringify } from 'yaml';
import { durationText } from '#shared/words/duration.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { actionsOf } from './actions.ts';
import { REPORT_FIELDS } from './fields.ts';
import { titleText } from './head.ts';
import { written } from './answers.ts';
import { redactionsOf } from './environment.ts';
import type { ReportSource } from './source.ts';
import { iso } from './times.ts';
import { visible } from '../words/visible.ts';

/** `reviewed`: a reviewer is named. `complete`: every question is answered. */
export function reportStatus(source: ReportSource): 'draft' | 'complete' | 'reviewed' {
  if (written(source, 'reviewers') !== '') return 'reviewed';
  const open = REPORT_FIELDS.filter(({ id }) => id !== 'reviewers' && written(source, id) === '');
  return open.length === 0 && actionsOf(source).length > 0 ? 'complete' : 'draft';
}

export function frontMatter(source: ReportSource): Yaml {
  const { state, clock, stored } = source;
  const { declared } = state;
  const value = {
    id: source.incidentId,
    title: titleText(source),
    kind: declared.kind,
    adapter: declared.adapter,
    status: state.closedAt !== null ? 'closed' : state.resolvedAt !== null ? 'resolved' : 'open',
    report: reportStatus(source),
    author: written(source, 'author') === '' ? null : visible(written(source, 'author')),
    reviewers: written(source, 'reviewers') === '' ? null : visible(written(source, 'reviewers')),
    severity: state.severity,
    outcome: incidentOutcome(state, source.runbook),
    started: iso(clock.startedAt),
    ended: clock.endedAt === null ? null : iso(clock.endedAt),
    /** Of the mitigation; null until the rollback is effective. */
    duration: clock.endedAt === null ? null : durationText(clock.elapsedMs),
    target: visible(clock.targetText),
    met: clock.met,
    runbook_sha256: visible(declared.runbook.hash),
    timeline_sha256: stored.timelineSha256,
    redactions: redactionsOf(source),
    generator: `Rollbook ${stored.appVersion}`,
  };
  return { type: 'yaml', value: stringify(value, { lineWidth: 0 }).trimEnd() };
}
