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
import { head, signatures, titleText } from './head.ts';
import { htmlDocument } from './html/html-document.ts';
import { type Paste, type PasteInto, pasteInto } from './html/paste.ts';
import { type JsonReport, jsonReport } from './json.ts';
import { lessons, resolution, rootCause } from './narrative.ts';
import { drawPicture } from './picture/draw-picture.ts';
import { incidentPicture, PICTURE_FILE } from './picture/incident-picture.ts';

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
  return { type: 'root', children: [frontMatter(source), ...mainOf(source), ...appendicesOf(source)] };
}

const mainOf = (source: ReportSource): readonly RootContent[] => MAIN.flatMap((section) => section(source));
const appendicesOf = (source: ReportSource): readonly RootContent[] =>
  source.brief === true ? [] : APPENDICES.flatMap((section) => section(source));

/** The report as one HTML file, with the picture in it. Throws RollbookError `not-found` when the declaration is gone. */
export function buildHtmlReport(input: ReportInput): string {
  const source = sourceOf({ ...input, picture: PICTURE_FILE });
  return htmlDocument({
    incidentId: input.incidentId,
    title: `Incident Report: ${titleText(source)}`,
    picture: pictureOf(source),
    main: mainOf(source),
    appendices: appendicesOf(source),
    foot: `Incident ${input.incidentId} · Rollbook ${input.stored.appVersion} · timeline SHA-256 ${input.stored.timelineSha256}`,
  });
}

/** The report as rich text and plain text, to paste. Throws RollbookError `not-found` when the declaration is gone. */
export function buildPaste(input: ReportInput, into: PasteInto): Paste {
  const source = sourceOf({ ...input, brief: input.brief === true || into === 'slack' });
  return pasteInto(into, [...mainOf(source), ...appendicesOf(source)]);
}

/** The picture of the incident as an SVG file. Throws RollbookError `not-found` when the declaration is gone. */
export const buildPicture = (input: ReportInput): string => `${pictureOf(sourceOf(input))}\n`;

const pictureOf = ({ state, events }: ReportSource): string =>
  drawPicture(incidentPicture(state, events.at(-1)?.at ?? 0), PICTURE_WIDTH);

/** px; what an A4 page and a column of text on GitHub have. */
const PICTURE_WIDTH = 760;

/** The report as JSON. Throws RollbookError `not-found` when the declaration is gone. */
export const buildJsonReport = (input: ReportInput): JsonReport => jsonReport(sourceOf(input));
