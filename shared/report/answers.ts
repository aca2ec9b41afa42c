/** Prints people's answers to the report's questions. Open questions are counted at the top and listed at the end. */
import type { RootContent } from 'mdast';
import { count } from '../words/count.ts';
import { visible } from '../words/visible.ts';
import { type FieldSection, fieldsOf, REPORT_FIELDS, type ReportField } from './fields.ts';
import { heading, keyLine, label, list, prose } from './nodes.ts';
import type { ReportSource } from './source.ts';

const ACTIONS_QUESTION =
  'What will be done so that this does not happen again, or is noticed and fixed sooner? Each with an owner.';

export const written = ({ state }: ReportSource, id: string): string => (state.reportFields[id] ?? '').trim();

/** Printed where a label has no answer yet. */
export const OPEN = 'open';

/** The answered questions of a section, each with its title. */
export const answersOf = (source: ReportSource, section: FieldSection): readonly RootContent[] =>
  fieldsOf(section).flatMap((field) => answerOf(source, field));

function answerOf(source: ReportSource, { id, title, form }: ReportField): readonly RootContent[] {
  const text = written(source, id);
  const items = itemsOf(text);
  if (form === 'items' && items.length > 1) return [label(title), list(items)];
  const [first, ...rest] = prose(form === 'items' ? (items[0] ?? '') : text);
  return first === undefined ? [] : [keyLine(title, first.children), ...rest];
}

/** One item a line; a typed bullet is removed. */
export const itemsOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*[-*+]\s+/, '').trim())
    .filter((line) => visible(line) !== '');

/** `hasActions`: at least one action item is written. */
function questionsOf(source: ReportSource, hasActions: boolean): readonly string[] {
  const open = REPORT_FIELDS.filter(({ id }) => written(source, id) === '');
  return [
    ...open.map(({ title, question }) => `${title}: ${question}`),
    ...(hasActions ? [] : [`Action items: ${ACTIONS_QUESTION}`]),
  ];
}

/** One line for all open questions; nothing when all are answered. */
export function openCount(source: ReportSource, hasActions: boolean): readonly RootContent[] {
  const open = questionsOf(source, hasActions).length;
  if (open === 0) return [];
  return [keyLine('Open', `${count(open, 'question')}${source.brief === true ? '' : ', listed at the end'}`)];
}

export function openQuestions(source: ReportSource, hasActions: boolean): readonly RootContent[] {
  const open = questionsOf(source, hasActions);
  return open.length === 0 ? [] : [heading(2, 'Open questions'), list(open)];
}
