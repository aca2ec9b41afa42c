/** Prints people's answers to the report's questions; an unanswered field prints its question. */
import type { PhrasingContent, RootContent } from 'mdast';
import { type FieldSection, fieldsOf, type ReportField } from './fields.ts';
import { heading, type Inline, list, paragraph, prose } from './nodes.ts';
import type { ReportSource } from './source.ts';

export const written = ({ state }: ReportSource, id: string): string => (state.reportFields[id] ?? '').trim();

export const toBeCompleted = (question: string): readonly PhrasingContent[] => [
  { type: 'emphasis', children: [{ type: 'text', value: 'To be completed' }] },
  { type: 'text', value: `: ${question}` },
];

/** For a `**Key**: value` line or a cell. */
export function inlineField(source: ReportSource, field: ReportField): Inline {
  const text = written(source, field.id);
  return text === '' ? toBeCompleted(field.question) : text;
}

export function blockField(source: ReportSource, field: ReportField): readonly RootContent[] {
  const text = written(source, field.id);
  if (text === '') return [paragraph(toBeCompleted(field.question))];
  if (field.form !== 'items') return prose(text);
  return [list(itemsOf(text))];
}

/** One item a line; a typed bullet is removed. */
export const itemsOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*[-*+]\s+/, '').trim())
    .filter((line) => line !== '');

export const headField = (source: ReportSource, id: string): Inline => {
  const field = fieldsOf('head').find((each) => each.id === id);
  return field === undefined ? '' : inlineField(source, field);
};

/** All fields of a section, each under its own heading. */
export const fieldBlocks = (source: ReportSource, section: FieldSection): readonly RootContent[] =>
  fieldsOf(section).flatMap((field) => [heading(3, field.title), ...blockField(source, field)]);
