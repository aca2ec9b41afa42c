/** The incident report, a pure function of the incident's events. MAIN and APPENDICES list it from top to bottom. */
import type { Root, RootContent } from 'mdast';
import { actionItems, actionsOf } from './actions.ts';
import { openQuestions } from './answers.ts';
import { communications, messagesAndPeople } from './communications.ts';
import { decision } from './decision.ts';
import { decisionDetails } from './decision-details.ts';
import { deviations } from './deviations.ts';
import { environment } from './environment.ts';
import { evidence } from './evidence.ts';
import { checklist, followUps } from './follow-ups.ts';
import { frontMatter } from './front-matter.ts';
import { head, signatures } from './head.ts';
import { type JsonReport, jsonReport } from './json.ts';
import { lessons, resolution, rootCause } from './narrative.ts';
import { proof } from './proof.ts';
import { shortTimeline } from './short-timeline.ts';
import { type ReportInput, type ReportSource, sourceOf } from './source.ts';
import { fullTimeline } from './timeline-tables.ts';
import { verification } from './verification.ts';

export type { ReportInput } from './source.ts';

type Section = (source: ReportSource) => readonly RootContent[];

/** The first page has the labels of the runbook's template, in its order. */
const MAIN: readonly Section[] = [
  head,
  shortTimeline,
  rootCause,
  resolution,
  lessons,
  actionItems,
  signatures,
  decision,
  proof,
  communications,
  checklist,
  followUps,
];

/** A to G; a brief report has none. */
const APPENDICES: readonly Section[] = [
  fullTimeline,
  evidence,
  decisionDetails,
  verification,
  messagesAndPeople,
  deviations,
  environment,
  (source) => openQuestions(source, actionsOf(source).length > 0),
];

/** The report as a Markdown tree. Throws RollbookError `not-found` when the declaration is gone. */
export function buildReport(input: ReportInput): Root {
  const source = sourceOf(input);
  const sections = input.brief === true ? MAIN : [...MAIN, ...APPENDICES];
  return { type: 'root', children: [frontMatter(source), ...sections.flatMap((section) => section(source))] };
}

/** The report as JSON. Throws RollbookError `not-found` when the declaration is gone. */
export const buildJsonReport = (input: ReportInput): JsonReport => jsonReport(sourceOf(input));
