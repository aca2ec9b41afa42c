/** The incident report, a pure function of the incident's events. SECTIONS lists it from top to bottom. */
import type { Root, RootContent } from 'mdast';
import { actionItems } from './actions.ts';
import { communications } from './communications.ts';
import { databaseRollback } from './database.ts';
import { decision } from './decision.ts';
import { deviations } from './deviations.ts';
import { environment } from './environment.ts';
import { evidence } from './evidence.ts';
import { frontMatter } from './front-matter.ts';
import { head } from './head.ts';
import { type JsonReport, jsonReport } from './json.ts';
import { impact, lessons, resolution, rootCause, summary } from './narrative.ts';
import { undo, versions, whatWasRun } from './runs.ts';
import { type ReportInput, type ReportSource, sourceOf } from './source.ts';
import { targets } from './targets.ts';
import { fullTimeline, shortTimeline } from './timeline-tables.ts';
import { verification } from './verification.ts';

export type { ReportInput } from './source.ts';

const SECTIONS: readonly ((source: ReportSource) => readonly RootContent[])[] = [
  head,
  summary,
  impact,
  targets,
  decision,
  shortTimeline,
  whatWasRun,
  versions,
  databaseRollback,
  undo,
  verification,
  rootCause,
  resolution,
  communications,
  lessons,
  actionItems,
  deviations,
  fullTimeline,
  evidence,
  environment,
];

/** The report as a Markdown tree. Throws RollbookError `not-found` when the declaration is gone. */
export function buildReport(input: ReportInput): Root {
  const source = sourceOf(input);
  return { type: 'root', children: [frontMatter(source), ...SECTIONS.flatMap((section) => section(source))] };
}

/** The report as JSON. Throws RollbookError `not-found` when the declaration is gone. */
export const buildJsonReport = (input: ReportInput): JsonReport => jsonReport(sourceOf(input));
