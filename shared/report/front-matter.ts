/** The YAML head: what other programs read from a report. */
import type { Yaml } from 'mdast';
import { stringify } from 'yaml';
import { durationText } from '#shared/incident/duration.ts';
import { incidentOutcome } from '#shared/incident/summary.ts';
import { REPORT_FIELDS } from './fields.ts';
import { titleText } from './head.ts';
import { written } from './human.ts';
import type { ReportSource } from './source.ts';
import { iso } from './times.ts';
import { visible } from './visible.ts';

export function frontMatter(source: ReportSource): Yaml {
  const { state, clock, stored } = source;
  const { declared } = state;
  const value = {
    id: source.incidentId,
    title: titleText(source),
    kind: declared.kind,
    adapter: declared.adapter,
    status: state.closedAt !== null ? 'closed' : state.resolvedAt !== null ? 'resolved' : 'open',
    report: REPORT_FIELDS.every((field) => written(source, field.id) !== '') ? 'complete' : 'draft',
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
    generator: `Rollbook ${stored.appVersion}`,
  };
  return { type: 'yaml', value: stringify(value, { lineWidth: 0 }).trimEnd() };
}
